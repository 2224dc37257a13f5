"""The words of the pages about work: those of the reader's list, of the class's table and of the packages."""

from neurolib.explorer.language import _

KINDS = {"prediction": _("prediction"), "challenge": _("challenge"), "check": _("exercise")}
# By the number of each state, as states.js has them.
STATES = {
    "prediction": [_("not yet"), _("predicted, and right"), _("predicted, and wrong"), _("shown without a guess")],
    "challenge": [_("not yet"), _("met")],
    "check": [_("not yet"), _("found at once"), _("wrong so far"), _("found after a wrong answer")],
}
SHARED = {
    "kinds": KINDS,
    "states": STATES,
    "print": _("Print"),
}
WORK = SHARED | {
    "name": _("Your name or number, if you want it in the code"),
    "total": _(
        "{done} of {all} done. A prediction counts when it was ventured, right or wrong; an exercise when it was found."
    ),
    "go": _("To this page"),
    "code": _("The code of your work"),
    "about": _(
        "This code holds the name as you typed it, the minute, and what the list above says. Nothing has been sent: who "
        "is to see it gets it from you."
    ),
    "copy": _("Copy the code"),
    "copied": _("Copied."),
    "byHand": _("The browser does not let the page copy: the code is marked, copy it by hand."),
    "save": _("Save it as a file"),
    "file": _("my work"),
    "forget": _("Forget everything that I did in this book"),
    "sure": _("Forget all your answers, solutions and your name in this book?"),
    "fromDisk": _(
        "This book is read from disk. Some browsers (Firefox among them) keep what you do there for each page by itself, "
        "so that this list stays empty; another browser, or the book on the web, shows it."
    ),
}
CLASS = SHARED | {
    "paste": _("Paste codes here, with whatever stands around them, or drop the files of your students"),
    "files": _("Files with codes"),
    "add": _("Add these codes"),
    "taken": _("Codes taken: {count}."),
    "none": _("There is no code here: a code begins with EN1: and ends with a semicolon."),
    "cut": _("{code} has no end: a part of it was lost. Ask for it again."),
    "damaged": _("{code} is not as it was made: a character is missing or changed. Ask for it again."),
    "strange": _("{name}: {count} pages of this code are of another version of the book and are not counted."),
    "twice": _(
        "{name} has sent more than one code: the latest counts. If these are two persons, let them add their numbers."
    ),
    "unread": _("this file cannot be read as text."),
    "from": _("{file}: {sentence}"),
    "nameless": _("without a name"),
    "student": _("Student"),
    "date": _("Date of the code"),
    "all": _("All pages"),
    "remove": _("Take {name} out of the table"),
    "questions": _("Question by question"),
    "count": _("{count} {word}"),
    "separator": _("; "),
    "csv": _("Table as CSV"),
    "forget": _("Empty the table"),
    "file": _("class"),
}
SCORM = {
    "reported": _("Reported to your course: {done} of {all} done."),
    "complete": _("Reported to your course: all done."),
    "alone": _("No learning platform is around this page: it works, and what you do is kept only while it is open."),
    "refused": _("The learning platform does not answer: what you do is not reported. Open the page again from your course."),
    "trouble": _("The learning platform did not take what you did ({trouble}). Tell your teacher."),
    "from": _("This page is a chapter of {book}."),
}
