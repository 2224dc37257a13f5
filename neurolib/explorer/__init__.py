"""What an explorer is: declaration, controls, words, figure, language, typography."""
