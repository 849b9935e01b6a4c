/**
 * {@code model_list} read into deployments: which provider, which account, which address, and whether that is inside the network.
 * The answer to the last question decides what private work may reach, so it is given without looking a name up: an address
 * that isn't plainly inside is outside.
 */
@NullMarked
package dev.laneway.runtime.config.models;

import org.jspecify.annotations.NullMarked;
