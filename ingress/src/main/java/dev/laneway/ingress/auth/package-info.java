/**
 * Who calls: the holder of the master key or of an admin key, or one of the clients whose keys the control topic or the config in force has. Keys are known by
 * their digests alone. What the rest of the role knows is the {@link dev.laneway.ingress.auth.Authenticator} and the {@link
 * dev.laneway.ingress.auth.Caller} that it finds, who may call all models or some.
 */
@NullMarked
package dev.laneway.ingress.auth;

import org.jspecify.annotations.NullMarked;
