package dev.laneway.runtime.config;

import dev.laneway.runtime.config.file.KeyTable;
import java.util.Collection;
import java.util.Map;

/** Every key that is known, as tables for people: the second half of {@code deploy/docs/moving-from-litellm.md}. */
public final class KeyPage {
    /** The first line of it. */
    public static final String HEADING = "## Every key";

    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("file", "The file"),
            Map.entry("model", "`model_list[]`"),
            Map.entry("litellm_params", "`model_list[].litellm_params`"),
            Map.entry("model_info", "`model_list[].model_info`"),
            Map.entry("router_settings", "`router_settings`"),
            Map.entry("model_group_alias", "`router_settings.model_group_alias.NAME`"),
            Map.entry("allowed_fails_policy", "`router_settings.allowed_fails_policy`"),
            Map.entry(
                    "retry_policy", "`router_settings.retry_policy`, `router_settings.model_group_retry_policy.NAME`"),
            Map.entry("litellm_settings", "`litellm_settings`"),
            Map.entry("general_settings", "`general_settings`"),
            Map.entry("credential", "`credential_list[]`"),
            Map.entry("api_key", "`api_keys[]`"),
            Map.entry("rate_limit", "`rate_limit`, wherever it stands"),
            Map.entry("budget", "`budgets[]`, wherever it stands"),
            Map.entry(
                    "named_budget",
                    "`router_settings.provider_budget_config.NAME`, `litellm_settings.tag_budget_config.NAME`"),
            Map.entry("default_key", "`litellm_settings.default_key_generate_params`"),
            Map.entry("holder", "`holders[]`"),
            Map.entry("alerts", "`alerts`"),
            Map.entry("alert_channel", "`alerts.channels.NAME`"),
            Map.entry("alert_rule", "`alerts.rules[]`"),
            Map.entry("alert_silence", "`alerts.rules[].silence`"),
            Map.entry("fallback_route", "`fallback_routes[]`"),
            Map.entry("lane", "`lanes.NAME`"),
            Map.entry("route", "`routes.NAME`"));

    private KeyPage() {}

    /** The tables as Markdown, from the heading to the end. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEADING).append("\n");
        for (String block : KeyTable.blocks()) {
            page.append("\n### ")
                    .append(TITLES.getOrDefault(block, block))
                    .append("\n\n| key | standing | what it does, how it differs, or what to do |\n|---|---|---|\n");
            rows(KeyTable.rows(block), page);
        }
        return page.toString();
    }

    private static void rows(Collection<KeyTable.Row> rows, StringBuilder page) {
        for (KeyTable.Row row : rows) {
            page.append("| `")
                    .append(row.key())
                    .append("` | ")
                    .append(word(row.verdict()))
                    .append(" | ")
                    .append(row.why().replace("|", "\\|"))
                    .append(" |\n");
        }
    }

    private static String word(KeyTable.Verdict verdict) {
        return switch (verdict) {
            case YES -> "in force";
            case DIFFERENTLY -> "in force differently";
            case ALWAYS -> "always so";
            case NO -> "not supported";
            case LIMIT -> "refused";
        };
    }
}
