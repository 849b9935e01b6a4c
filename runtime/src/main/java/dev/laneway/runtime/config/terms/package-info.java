/**
 * On what terms keys and other holders may call, as a file says it: limits, budgets, allowlists. Each of LiteLLM's and the guides' spellings
 * ends in one {@link dev.laneway.contracts.Terms} a holder; what is published says them in ours.
 */
@NullMarked
package dev.laneway.runtime.config.terms;

import org.jspecify.annotations.NullMarked;
