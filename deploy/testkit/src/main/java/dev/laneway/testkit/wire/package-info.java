/**
 * What every vendor's wire format has in common: a request is read or refused, an answer is rendered whole or as a
 * stream, an error has a body. The formats themselves are written here once more, from the vendors' specifications,
 * on purpose independent of the gateway's own.
 */
@NullMarked
package dev.laneway.testkit.wire;

import org.jspecify.annotations.NullMarked;
