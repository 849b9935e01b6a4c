package dev.laneway.runtime.config.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Terms;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.CallRules;
import dev.laneway.runtime.config.CloudAccess;
import dev.laneway.runtime.config.ModelInfo;
import dev.laneway.runtime.config.OutOfService;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.file.Place;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One item of {@code model_list}, as it was read. */
sealed interface Entry {
    String group();

    Place place();

    Zone zone();

    /** {@code model_info.id}: the name of this one deployment beside its group's; null where the file gives none. */
    @Nullable
    String id();

    /**
     * Can be called.
     *
     * @param terms a budget and limits of this one deployment
     */
    record Callable(
            String group,
            Place place,
            @Nullable String id,
            Target target,
            Duration timeout,
            Duration streamTimeout,
            Shares shares,
            @Nullable Integer maxParallel,
            Map<String, JsonNode> extra,
            Map<String, String> extraHeaders,
            ModelInfo info,
            @Nullable String region,
            CallRules rules,
            Terms terms)
            implements Entry {
        public Callable {
            Objects.requireNonNull(rules, "rules");
            Objects.requireNonNull(terms, "terms");
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(target, "target");
        }

        @Override
        public Zone zone() {
            return target.zone();
        }
    }

    /** Can't, and why. */
    record Unusable(String group, Place place, @Nullable String id, OutOfService why) implements Entry {
        public Unusable {
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(why, "why");
        }

        @Override
        public Zone zone() {
            return why.zone();
        }
    }

    /** Which model, where, by which key. */
    record Target(
            String provider,
            String account,
            String vendorModel,
            URI baseUrl,
            @Nullable SecretRef apiKey,
            @Nullable CloudAccess cloud,
            Zone zone) {}

    /** What shares out the load of a group: the first of them that any deployment of the group has. */
    record Shares(
            @Nullable BigDecimal weight,
            @Nullable BigDecimal rpm,
            @Nullable BigDecimal tpm) {}
}
