/* The scheme of neurolib.kernel.scheme for one Hodgkin-Huxley axon, by hand: gates h/2, voltage h, gates h/2. */
#include <math.h>

static double exprel(double x) { return x == 0.0 ? 1.0 : expm1(x) / x; }

typedef struct { double m_inf, m_gain, h_inf, h_gain, n_inf, n_gain; } Rates;

static void rates(double V, double half, double phi, Rates *r)
{
    double a, k;
    a = 1.0 / exprel(-(V + 40.0) / 10.0);
    k = a + 4.0 * exp(-(V + 65.0) / 18.0);
    r->m_inf = a / k;
    r->m_gain = 1.0 - exp(-half * phi * k);
    a = 0.07 * exp(-(V + 65.0) / 20.0);
    k = a + 1.0 / (1.0 + exp(-(V + 35.0) / 10.0));
    r->h_inf = a / k;
    r->h_gain = 1.0 - exp(-half * phi * k);
    a = 0.1 / exprel(-(V + 55.0) / 10.0);
    k = a + 0.125 * exp(-(V + 65.0) / 80.0);
    r->n_inf = a / k;
    r->n_gain = 1.0 - exp(-half * phi * k);
}

/* Runs `steps` steps from state (V, m, h, n); the current is `amplitude` for the first `on` steps. V after each step. */
void axon(double *state, double amplitude, int on, int steps, double dt, double temperature, double *out)
{
    double V = state[0], m = state[1], h = state[2], n = state[3];
    const double phi = pow(3.0, (temperature - 6.3) / 10.0);
    Rates r;
    rates(V, 0.5 * dt, phi, &r);
    for (int i = 0; i < steps; i++) {
        m += (r.m_inf - m) * r.m_gain;
        h += (r.h_inf - h) * r.h_gain;
        n += (r.n_inf - n) * r.n_gain;
        double g_Na = 120.0 * m * m * m * h, g_K = 36.0 * n * n * n * n, g_L = 0.3;
        double I = g_Na * (V - 50.0) + g_K * (V + 77.0) + g_L * (V + 54.387) - (i < on ? amplitude : 0.0);
        V -= dt * I * exprel(-dt * (g_Na + g_K + g_L));
        rates(V, 0.5 * dt, phi, &r);
        m += (r.m_inf - m) * r.m_gain;
        h += (r.h_inf - h) * r.h_gain;
        n += (r.n_inf - n) * r.n_gain;
        out[i] = V;
    }
    state[0] = V; state[1] = m; state[2] = h; state[3] = n;
}
