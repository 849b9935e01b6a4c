package dev.laneway.runtime.config.models;

import dev.laneway.contracts.Zone;
import dev.laneway.dialects.providers.ProviderRow;
import dev.laneway.runtime.config.CloudModel;
import dev.laneway.runtime.config.Providers;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.ProblemList;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a deployment runs. Unsaid, it is local only for a self-hosted kind at a loopback or private address; said to be local, it
 * is believed unless its address says otherwise. What can't be told is cloud.
 */
final class ZoneRule {
    private static final String LOCAL_FIX =
            "give its loopback or private address, or a name without a dot or ending in .local, .internal or .lan";

    private final ProblemList problems;
    private final Set<String> vendorHosts = new HashSet<>();

    ZoneRule(Providers providers, ProblemList problems) {
        this.problems = problems;
        for (ProviderRow row : providers.all()) {
            if (row.baseUrl() != null && !row.selfHosted()) {
                vendorHosts.add(host(URI.create(row.baseUrl())));
            }
        }
    }

    /**
     * The zone of a deployment.
     *
     * @param stated what {@code model_info.zone} says
     * @param at where that is, or else where the deployment is
     */
    Zone decide(ProviderRow row, URI baseUrl, String model, @Nullable Zone stated, Place at) {
        Host host = Host.of(host(baseUrl));
        if (stated == Zone.CLOUD) {
            return Zone.CLOUD;
        }
        if (stated == Zone.LOCAL) {
            return believed(host, baseUrl, model, at) ? Zone.LOCAL : Zone.CLOUD;
        }
        if (row.selfHosted() && host.plainlyInside()) {
            return CloudModel.is(model) ? Zone.CLOUD : Zone.LOCAL;
        }
        if (host != Host.PUBLIC) {
            problems.warn(
                    at,
                    row.selfHosted()
                            ? "counts as cloud: " + host(baseUrl) + " is a name, not a private address"
                            : "counts as cloud: " + row.name() + " is not a self-hosted kind",
                    "if it runs inside the network, add model_info: {zone: local}");
        }
        return Zone.CLOUD;
    }

    private boolean believed(Host host, URI baseUrl, String model, Place at) {
        String name = host(baseUrl);
        if (CloudModel.is(model)) {
            problems.error(at, model + " runs in the vendor's cloud, wherever it is asked for", "write zone: cloud");
            return false;
        }
        if (vendorHosts.contains(name)) {
            problems.error(at, name + " is a vendor's own address, it can't be local", "write zone: cloud");
            return false;
        }
        return switch (host) {
            case LOOPBACK, PRIVATE, LOCAL_NAME -> true;
            case OVERLAY -> {
                problems.warn(
                        at,
                        name + " is taken for local as stated, though carriers use such addresses too",
                        "make sure that it is your overlay network");
                yield true;
            }
            case PUBLIC -> {
                problems.error(at, name + " is not an address inside the network", LOCAL_FIX);
                yield false;
            }
            case DISGUISED -> {
                problems.error(at, name + " is an address in disguise", "write it as four decimal numbers");
                yield false;
            }
        };
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }
}
