/**
 * From a vendor's refusal to a typed failure: what statuses, codes and turns of phrase mean, when to come back, and what of the
 * vendor's words may reach a client.
 */
@NullMarked
package dev.laneway.dialects.failures;

import org.jspecify.annotations.NullMarked;
