/**
 * Who calls. For now one key opens everything: the master key. What the rest of the role knows is the {@link
 * dev.laneway.ingress.auth.Authenticator}, so that keys of teams and users change nothing else.
 */
@NullMarked
package dev.laneway.ingress.auth;

import org.jspecify.annotations.NullMarked;
