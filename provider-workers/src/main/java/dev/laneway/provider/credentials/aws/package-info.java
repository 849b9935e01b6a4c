/**
 * Keys of Amazon's that are not written down, as AWS's own tools find them ("Standardized credential providers", AWS SDKs and Tools
 * Reference Guide). {@link dev.laneway.provider.credentials.aws.AwsSignIn} keeps what was found and asks again before its end; {@link
 * dev.laneway.provider.credentials.aws.Chain} knows whom to ask: the environment, a web identity, the profiles of the AWS files, the
 * container, the machine, and STS for a role. All of it blocks, on virtual threads of its own: calls are signed by what is there.
 */
@NullMarked
package dev.laneway.provider.credentials.aws;

import org.jspecify.annotations.NullMarked;
