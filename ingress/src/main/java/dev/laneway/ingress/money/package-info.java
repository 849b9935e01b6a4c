/**
 * What an ingress knows of money: only that which is gone. Routers hold money and refuse what has none; what they say of a budget that could not have paid
 * for a request is remembered here for about a second, so that whoever repeats such a request is refused at once.
 */
@NullMarked
package dev.laneway.ingress.money;

import org.jspecify.annotations.NullMarked;
