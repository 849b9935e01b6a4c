/**
 * What calls are authorised by. A static key is put on a call by its dialect; whatever else a vendor wants is put on it here, when the
 * call is written and before its claim is made: a signature over its bytes ({@link dev.laneway.provider.credentials.SigV4}), or a token
 * that is fetched and kept ({@link dev.laneway.provider.credentials.GoogleTokens}). {@link
 * dev.laneway.provider.credentials.Credential} is what a deployment has, {@link dev.laneway.provider.credentials.Credentials} puts it on a
 * call. That there is none is a failure of the attempt like any other, and holds no secret.
 */
@NullMarked
package dev.laneway.provider.credentials;

import org.jspecify.annotations.NullMarked;
