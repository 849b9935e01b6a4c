/**
 * Money and room for an attempt, taken before it is published: of budgets by {@link dev.laneway.router.reserve.BudgetReservations}, of the
 * limits of deployments, providers and models by {@link dev.laneway.router.reserve.RateReservations}. What nobody has a budget or a limit
 * for asks nobody.
 */
@NullMarked
package dev.laneway.router.reserve;

import org.jspecify.annotations.NullMarked;
