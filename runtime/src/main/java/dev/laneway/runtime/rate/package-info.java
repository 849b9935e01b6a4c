/**
 * How much is let through in a minute, in an hour and at once, counted for everybody who shares a {@link
 * dev.laneway.runtime.rate.RateStore}: an ingress asks it before it takes a request on, for key, team, user, tags, model and everything; a
 * router before it publishes an attempt, for the deployment and the provider that it goes to. All holders of a question in one step, or
 * none.
 *
 * <p>Windows slide. A minute is counted in seconds and an hour in minutes, and what was counted in one of these leaves the window when
 * all of it is older than the window: so in no sixty seconds, wherever they begin, is more let in than the limit says, and room comes back
 * at most one second (of an hour: one minute) later than it could.
 */
@NullMarked
package dev.laneway.runtime.rate;

import org.jspecify.annotations.NullMarked;
