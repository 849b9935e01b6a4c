/**
 * What vendors' models cost and can do.
 *
 * <p>{@link dev.laneway.runtime.catalogue.Catalogue} is a dated table of models, one line a model, that ships with each release and that a
 * file may add to. {@link dev.laneway.runtime.catalogue.Prices} answers for a deployment: what its config states goes before the table,
 * what runs inside the network costs nothing, and where nothing is known there is no price, never one of nothing. Everything is exact:
 * a {@link dev.laneway.runtime.catalogue.Price} is whole trillionths of a dollar for a token, so a charge is a sum of products and nothing
 * is rounded.
 */
@NullMarked
package dev.laneway.runtime.catalogue;

import org.jspecify.annotations.NullMarked;
