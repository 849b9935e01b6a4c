package dev.laneway.provider.credentials;

import dev.laneway.runtime.config.CloudAccess;

/** Has the keys of Amazon's that are not written down: those of profiles, of roles, and of whatever AWS's own chain finds. */
@FunctionalInterface
public interface AwsKeySource {
    /** For a worker that has no business with Amazon. */
    AwsKeySource NONE = (access, keys) -> new Credential.Missing("keys of AWS are not looked for here");

    /**
     * What there is now: a {@link Credential.Aws}, or a {@link Credential.Missing} that says why there is none. May take some seconds, so
     * not on an event loop; any thread.
     */
    Credential find(CloudAccess.Aws access, KeyResolver keys);
}
