/**
 * JSON without a tree where bytes pass through: a scanner that finds members by position and a splicer that replaces them,
 * leaving every other byte as it came.
 */
@NullMarked
package dev.laneway.dialects.json;

import org.jspecify.annotations.NullMarked;
