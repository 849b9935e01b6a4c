/**
 * At most one call per attempt id. {@link dev.laneway.provider.claims.Claims} is what the rest of the role asks before a byte leaves;
 * the implementation in force remembers the ids of this process only.
 */
@NullMarked
package dev.laneway.provider.claims;

import org.jspecify.annotations.NullMarked;
