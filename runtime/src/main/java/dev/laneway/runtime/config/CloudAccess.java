package dev.laneway.runtime.config;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a cloud platform's API wants beside a key, or in place of one. Holds references to secrets, never a secret. */
public sealed interface CloudAccess {
    /** The secrets that it can't do without, and those that it has. */
    default Stream<SecretRef> secrets() {
        return switch (this) {
            case Aws aws -> aws.keys.secrets();
            case Google google -> Stream.of(google.serviceAccount);
            case Azure azure -> Stream.ofNullable(azure.adToken);
        };
    }

    /** Tells it from another one, in words that hold no secret. */
    default String text() {
        return switch (this) {
            case Aws aws -> aws.region + ' ' + aws.keys.text();
            case Google google ->
                (google.project == null ? "" : google.project)
                        + ' '
                        + google.location
                        + ' '
                        + google.serviceAccount.text();
            case Azure azure -> azure.apiVersion + ' ' + (azure.adToken == null ? "" : azure.adToken.text());
        };
    }

    /**
     * Amazon's.
     *
     * @param region which signatures are made for, such as {@code us-east-1}; empty where none are made
     */
    record Aws(String region, AwsKeys keys) implements CloudAccess {
        public Aws {
            Objects.requireNonNull(region, "region");
            Objects.requireNonNull(keys, "keys");
        }
    }

    /**
     * Google's.
     *
     * @param project null for the one that the service account's file names
     * @param location such as {@code us-central1} or {@code global}
     * @param serviceAccount a service account's JSON, or the path of a file that holds it
     */
    record Google(@Nullable String project, String location, SecretRef serviceAccount) implements CloudAccess {
        public Google {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(serviceAccount, "serviceAccount");
        }
    }

    /**
     * Microsoft's.
     *
     * @param apiVersion the query parameter {@code api-version}; empty where the address has a version
     * @param adToken goes as a bearer, in place of the deployment's {@code apiKey}
     */
    record Azure(String apiVersion, @Nullable SecretRef adToken) implements CloudAccess {
        public Azure {
            Objects.requireNonNull(apiVersion, "apiVersion");
        }
    }
}
