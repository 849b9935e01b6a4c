package dev.laneway.runtime.config.models;

import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.AwsKeys;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the reference to a deployment's key: {@code api_key}, else the variable that the vendor's users know. */
final class Keys {
    private final Reading reading;
    private final Set<String> saidUnset = new HashSet<>();

    Keys(Reading reading) {
        this.reading = reading;
    }

    /** @param address where the key would go */
    @Nullable
    SecretRef find(ProviderRow row, @Nullable CloudAccess cloud, Block params, URI address, boolean addressStated) {
        if (isSignedOtherwise(cloud)) {
            params.take("api_key");
            return null;
        }
        boolean stated = params.has("api_key");
        SecretRef key = params.secret("api_key");
        if (key == null && !stated) {
            key = usual(row, params.place());
            if (key != null && addressStated && isAnother(row, address)) {
                reading.problems()
                        .warn(
                                params.place("api_base"),
                                address.getHost() + " is given " + key.text() + ", the key of " + row.name(),
                                "write its own api_key, or api_key: none");
            }
        }
        warnIfUnset(key, params.place("api_key"));
        return key;
    }

    /** A variable may be set on other machines only; it is said once. */
    void warnIfUnset(@Nullable SecretRef key, Place at) {
        if (key instanceof SecretRef.Env(String name) && isUnset(name) && saidUnset.add(name)) {
            reading.problems()
                    .warn(
                            at,
                            name + " is not set here, deployments that need it are out of service without",
                            "set it where provider-workers run");
        }
    }

    /** Whether calls go without the vendor's static key. */
    private static boolean isSignedOtherwise(@Nullable CloudAccess cloud) {
        return switch (cloud) {
            case null -> false;
            case CloudAccess.Aws aws -> !(aws.keys() instanceof AwsKeys.Unsigned);
            case CloudAccess.Google _ -> true;
            case CloudAccess.Azure azure -> azure.adToken() != null;
        };
    }

    private @Nullable SecretRef usual(ProviderRow row, Place at) {
        for (String name : row.keyVariables()) {
            if (!isUnset(name)) {
                return reading.secrets().variable(name, at);
            }
        }
        boolean needed = row.auth() != ProviderRow.AuthStyle.NONE;
        return needed && !row.keyVariables().isEmpty()
                ? new SecretRef.Env(row.keyVariables().getFirst())
                : null;
    }

    private boolean isUnset(String name) {
        return reading.references().variable(name) == null
                && reading.references().variable(name + "_FILE") == null;
    }

    /** A vendor's key that goes elsewhere may be a mistake; a self-hosted kind's has no one place to go to. */
    private static boolean isAnother(ProviderRow row, URI address) {
        return row.baseUrl() != null
                && !row.selfHosted()
                && !URI.create(row.baseUrl()).getHost().equalsIgnoreCase(address.getHost());
    }
}
