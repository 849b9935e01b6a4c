/**
 * What keys try and may not, and what had to pass uncounted: told by whoever turns a call down or lets it pass, gathered for a second, and
 * published as {@link dev.laneway.contracts.Fact.Noticed}, for accounting's alerts.
 */
@NullMarked
package dev.laneway.runtime.notices;

import org.jspecify.annotations.NullMarked;
