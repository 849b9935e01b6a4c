/**
 * What was spent, as a key may see it: costs in all and by whatever they are asked by, in JSON and CSV; LiteLLM's {@code /spend} addresses;
 * the log of requests with every attempt, its price and its reason. All of it is asked of the ledger, which follows by a second or two;
 * where that is away the answer is 503, and chat goes on.
 */
@NullMarked
package dev.laneway.ingress.spend;

import org.jspecify.annotations.NullMarked;
