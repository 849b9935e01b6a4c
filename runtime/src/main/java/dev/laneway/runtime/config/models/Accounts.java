package dev.laneway.runtime.config.models;

import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.file.Digest;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.ProblemList;
import dev.laneway.runtime.config.file.Text;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names accounts. An account is a provider, an address, a key and a zone; it is a part of topic names, so a pause concerns it
 * alone and the broker can fence it. The vendor's own address with its usual key is named after the vendor; others get a
 * digest behind it, so that the name is the same in every role and says nothing of the key.
 */
final class Accounts {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private final ProblemList problems;
    private final Map<String, Identity> named = new HashMap<>();

    Accounts(ProblemList problems) {
        this.problems = problems;
    }

    private record Identity(
            String provider,
            URI baseUrl,
            @Nullable SecretRef key,
            @Nullable CloudAccess cloud,
            Zone zone) {}

    /** The account's name; {@code stated} is {@code model_info.account}. */
    String name(
            ProviderRow row,
            URI baseUrl,
            @Nullable SecretRef key,
            @Nullable CloudAccess cloud,
            Zone zone,
            @Nullable Text stated) {
        Identity identity = new Identity(row.name(), baseUrl, key, cloud, zone);
        if (stated == null) {
            String usual = isUsual(row, identity) ? base(row) : digested(row, identity);
            String name = identity.equals(named.getOrDefault(usual, identity)) ? usual : digested(row, identity);
            named.put(name, identity);
            return name;
        }
        Place at = stated.place();
        if (!NAME.matcher(stated.value()).matches()) {
            problems.error(at, "can't be a part of a topic's name", "write 1 to 40 of a-z, 0-9 and hyphens");
        }
        Identity other = named.putIfAbsent(stated.value(), identity);
        if (other != null && !other.equals(identity)) {
            problems.error(
                    at,
                    "account " + stated.value() + " is here with another provider, address, key or zone",
                    "an account is one set of them; give this one another name");
        }
        return stated.value();
    }

    private static boolean isUsual(ProviderRow row, Identity identity) {
        boolean keyless = row.auth() == ProviderRow.AuthStyle.NONE;
        boolean usualKey = keyless
                ? identity.key() == null
                : identity.key() instanceof SecretRef.Env(String name)
                        && row.keyVariables().contains(name);
        return usualKey
                && identity.baseUrl().toString().equals(row.baseUrl())
                && identity.zone() == (row.selfHosted() ? Zone.LOCAL : Zone.CLOUD);
    }

    private static String base(ProviderRow row) {
        String base = row.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return base.length() > 28 ? base.substring(0, 28) : base;
    }

    private static String digested(ProviderRow row, Identity identity) {
        String key = identity.key() == null ? "" : identity.key().text();
        String url = identity.baseUrl().toString();
        if (identity.cloud() != null) {
            String cloud = identity.cloud().text();
            return base(row) + "-"
                    + Digest.hex(8, row.name(), url, key, identity.zone().id(), cloud);
        }
        return base(row) + "-"
                + Digest.hex(8, row.name(), url, key, identity.zone().id());
    }
}
