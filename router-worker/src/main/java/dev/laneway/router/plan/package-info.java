/**
 * What follows from a request or a failed attempt. {@link dev.laneway.router.plan.Planner} makes a {@link dev.laneway.router.plan.Decision}
 * out of it and a {@link dev.laneway.router.plan.Situation}, and is pure: no I/O, no clock, and chance only from the request's id. Which
 * deployment of a hop it takes is {@link dev.laneway.router.plan.HopChooser}'s: the fence ({@link
 * dev.laneway.router.plan.PrivacyFence}), what a model can do, how it is, and the config's strategy.
 */
@NullMarked
package dev.laneway.router.plan;

import org.jspecify.annotations.NullMarked;
