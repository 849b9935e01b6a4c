package dev.laneway.runtime.config.file;

import dev.laneway.runtime.config.KeyStanding;
import dev.laneway.runtime.config.KeyUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists each key that a file has, with what becomes of it: what its reading said of that one place, else what {@link KeyTable} says of the
 * key. To be asked after the reading. One thread.
 */
public final class KeyWalk {
    /** Where a mapping with known keys, or mappings by name or in a list, stand below a key. */
    private static final Map<String, Inner> INNER = Map.ofEntries(
            Map.entry("file.model_list", new Inner("model", Form.LISTED)),
            Map.entry("file.lanes", new Inner("lane", Form.NAMED)),
            Map.entry("file.routes", new Inner("route", Form.NAMED)),
            Map.entry("file.router_settings", new Inner("router_settings", Form.ONE)),
            Map.entry("file.litellm_settings", new Inner("litellm_settings", Form.ONE)),
            Map.entry("file.general_settings", new Inner("general_settings", Form.ONE)),
            Map.entry("file.api_keys", new Inner("api_key", Form.LISTED)),
            Map.entry("general_settings.api_keys", new Inner("api_key", Form.LISTED)),
            Map.entry("file.alerts", new Inner("alerts", Form.ONE)),
            Map.entry("alerts.channels", new Inner("alert_channel", Form.NAMED)),
            Map.entry("alerts.rules", new Inner("alert_rule", Form.LISTED)),
            Map.entry("alert_rule.silence", new Inner("alert_silence", Form.ONE)),
            Map.entry("file.credential_list", new Inner("credential", Form.LISTED)),
            Map.entry("credential.credential_values", new Inner("litellm_params", Form.ONE)),
            Map.entry("model.litellm_params", new Inner("litellm_params", Form.ONE)),
            Map.entry("model.model_info", new Inner("model_info", Form.ONE)),
            Map.entry("router_settings.default_litellm_params", new Inner("litellm_params", Form.ONE)),
            Map.entry("router_settings.allowed_fails_policy", new Inner("allowed_fails_policy", Form.ONE)),
            Map.entry("router_settings.retry_policy", new Inner("retry_policy", Form.ONE)),
            Map.entry("litellm_settings.retry_policy", new Inner("retry_policy", Form.ONE)),
            Map.entry("router_settings.model_group_retry_policy", new Inner("retry_policy", Form.NAMED)),
            Map.entry("file.holders", new Inner("holder", Form.LISTED)),
            Map.entry("file.rate_limit", new Inner("rate_limit", Form.ONE)),
            Map.entry("file.rate_limits", new Inner("rate_limit", Form.ONE)),
            Map.entry("router_settings.rate_limit", new Inner("rate_limit", Form.ONE)),
            Map.entry("litellm_settings.rate_limit", new Inner("rate_limit", Form.ONE)),
            Map.entry("litellm_settings.rate_limits", new Inner("rate_limit", Form.ONE)),
            Map.entry("general_settings.rate_limit", new Inner("rate_limit", Form.ONE)),
            Map.entry("general_settings.rate_limits", new Inner("rate_limit", Form.ONE)),
            Map.entry("api_key.rate_limit", new Inner("rate_limit", Form.ONE)),
            Map.entry("api_key.rate_limits", new Inner("rate_limit", Form.ONE)),
            Map.entry("model.rate_limit", new Inner("rate_limit", Form.ONE)),
            Map.entry("model.rate_limits", new Inner("rate_limit", Form.ONE)),
            Map.entry("holder.rate_limit", new Inner("rate_limit", Form.ONE)),
            Map.entry("rate_limit.per_key", new Inner("rate_limit", Form.ONE)),
            Map.entry("api_key.budgets", new Inner("budget", Form.LISTED)),
            Map.entry("holder.budgets", new Inner("budget", Form.LISTED)),
            Map.entry("router_settings.provider_budget_config", new Inner("named_budget", Form.NAMED)),
            Map.entry("litellm_settings.tag_budget_config", new Inner("named_budget", Form.NAMED)),
            Map.entry("litellm_settings.default_key_generate_params", new Inner("default_key", Form.ONE)),
            Map.entry("router_settings.model_group_alias", new Inner("model_group_alias", Form.NAMED)));

    private final Reading reading;
    private final List<KeyUse> uses = new ArrayList<>();

    private enum Form {
        ONE,
        LISTED,
        NAMED
    }

    private record Inner(String block, Form form) {}

    private KeyWalk(Reading reading) {
        this.reading = reading;
    }

    /** The keys of a file in the order of its text, by its top mapping. */
    public static List<KeyUse> of(Block top) {
        KeyWalk walk = new KeyWalk(top.reading());
        walk.block(top, "file");
        return List.copyOf(walk.uses);
    }

    private void block(Block block, String name) {
        block.entries().forEach((key, value) -> {
            KeyTable.Row row = KeyTable.find(name, key);
            Inner inner = row == null || row.verdict() == KeyTable.Verdict.LIMIT ? null : INNER.get(name + "." + key);
            if (inner == null || value.isScalar() || value.isNull()) {
                uses.add(use(key, value, row, true));
            } else {
                uses.add(use(key, value, row, false));
                below(value, inner);
            }
        });
    }

    private void below(Value value, Inner inner) {
        switch (inner.form()) {
            case ONE -> enter(value, inner.block());
            case LISTED -> {
                if (value.isList()) {
                    value.items(reading).forEach(item -> enter(item, inner.block()));
                }
            }
            case NAMED -> {
                if (value.isMapping()) {
                    Block names = value.block(reading);
                    if (names != null) {
                        names.entries().values().forEach(item -> enter(item, inner.block()));
                    }
                }
            }
        }
    }

    private void enter(Value value, String name) {
        Block block = value.isMapping() ? value.block(reading) : null;
        if (block != null) {
            block(block, name);
        }
    }

    /** @param whole whether what was said of anything below the key is said of the key */
    private KeyUse use(String key, Value value, KeyTable.@Nullable Row row, boolean whole) {
        ProblemList.Said said = reading.problems().said(value.place(), whole);
        Place at = value.place();
        if (said != null) {
            return use(at, said.standing(), said.why());
        }
        if (row == null) {
            return key.startsWith("x-")
                    ? use(at, KeyStanding.IN_FORCE, "a place for YAML anchors")
                    : use(at, KeyStanding.UNKNOWN, "nothing is done with it");
        }
        return switch (row.verdict()) {
            case YES, ALWAYS -> use(at, KeyStanding.IN_FORCE, row.why());
            case DIFFERENTLY -> use(at, KeyStanding.DIFFERENTLY, row.why());
            case NO -> unlessNothing(value, KeyStanding.NOT_SUPPORTED, row.why());
            case LIMIT -> unlessNothing(value, KeyStanding.NOT_ENFORCED, row.why());
        };
    }

    private KeyUse unlessNothing(Value value, KeyStanding standing, String why) {
        Place at = value.place();
        return value.asksNothing() ? use(at, KeyStanding.IN_FORCE, "asks for nothing") : use(at, standing, why);
    }

    private KeyUse use(Place at, KeyStanding standing, String note) {
        Lines lines = reading.problems().lines();
        return new KeyUse(
                at.path(),
                lines.isIncluded(at.line()) ? lines.file(at.line()) : null,
                lines.inFile(at.line()),
                standing,
                note);
    }
}
