package dev.laneway.standalone;

import com.fasterxml.jackson.databind.JsonNode;

/** Alerts and silences as lines. */
final class AlertText {
    private AlertText() {}

    static String alert(JsonNode alert) {
        String by = alert.path("silenced_by").asText("");
        String told = !alert.path("silenced").asBoolean()
                ? "told"
                : by.isEmpty() || by.equals("null") ? "silenced" : "silenced by " + by;
        return String.join(
                "  ",
                alert.path("raised_at").asText(),
                alert.path("kind").asText(),
                alert.path("subject").asText(),
                told,
                alert.path("title").asText());
    }

    static String silence(JsonNode silence) {
        return String.join(
                "  ",
                silence.path("id").asText(),
                silence.path("state").asText(),
                "kind=" + said(silence, "kind"),
                "subject=" + said(silence, "subject"),
                "from=" + said(silence, "from"),
                "until=" + said(silence, "until"),
                "by=" + said(silence, "by"),
                "reason=" + said(silence, "reason"));
    }

    private static String said(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNull() || value.isMissingNode() ? "-" : value.asText();
    }
}
