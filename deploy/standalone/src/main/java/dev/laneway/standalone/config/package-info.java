/**
 * The config file, as commands look at it without a running gateway: whether it is right ({@code validate}), what its routes reach ({@code
 * routes}), and its history, what changed in it and the way back ({@code config}). {@link
 * dev.laneway.standalone.config.CatalogueProviders} tells whoever reads a config which vendors there are.
 */
@NullMarked
package dev.laneway.standalone.config;

import org.jspecify.annotations.NullMarked;
