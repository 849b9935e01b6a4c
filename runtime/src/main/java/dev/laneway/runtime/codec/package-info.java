/**
 * JSON of what crosses a topic. The records are in contracts, which knows no JSON library; this package binds them to Jackson, with
 * one reader and one writer a type, made once.
 */
@NullMarked
package dev.laneway.runtime.codec;

import org.jspecify.annotations.NullMarked;
