/**
 * How much keys, teams, users, tags, models and everything may ask for in a minute, in an hour and at once. A {@link
 * dev.laneway.ingress.rate.RateGate} finds whose limits a request is under and asks a {@link dev.laneway.ingress.rate.RateStore}, which
 * counts for all replicas: all of a request's holders in one step, or none. A request under no limit asks nobody.
 *
 * <p>Windows slide. A minute is counted in seconds and an hour in minutes, and what was counted in one of these leaves the window when
 * all of it is older than the window: so in no sixty seconds, wherever they begin, more is let in than the limit says, and room comes back
 * at most one second (of an hour: one minute) later than it could.
 */
@NullMarked
package dev.laneway.ingress.rate;

import org.jspecify.annotations.NullMarked;
