/**
 * Keys, teams, users and terms as an API: LiteLLM's paths and fields for scripts that know them ({@code /key/...}, {@code /team/...}), and
 * resources of our own that say all there is to say ({@code /v1/keys}, {@code /v1/terms/...}). Both read what the {@link
 * dev.laneway.runtime.control.Directory} has in force, work out what an entity shall be, and have an {@link dev.laneway.ingress.keys.Editor}
 * ask for it. Who may do what is decided in one place, {@link dev.laneway.ingress.keys.Authority}. A field that is not known, or not kept
 * to, is refused by its name.
 */
@NullMarked
package dev.laneway.ingress.keys;

import org.jspecify.annotations.NullMarked;
