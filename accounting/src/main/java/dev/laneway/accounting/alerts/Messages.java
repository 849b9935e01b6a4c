package dev.laneway.accounting.alerts;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** What channels are sent. Pure. */
final class Messages {
    private Messages() {}

    /** For an endpoint of the operator's: type, timestamp and data, as Standard Webhooks recommends. */
    static byte[] webhook(Alert alert) {
        JsonObject data = new JsonObject()
                .put("id", alert.id())
                .put("kind", alert.kind())
                .put("rule", alert.rule())
                .put("subject", alert.subject());
        if (alert.level() > 0) {
            data.put("level", alert.level());
        }
        data.put("window_from", alert.windowFrom().toString())
                .put("title", alert.title())
                .put("text", alert.text());
        String head = new JsonObject()
                .put("type", "alert." + alert.kind())
                .put("timestamp", alert.raisedAt().toString())
                .encode();
        // read and written again, amounts would be floating-point numbers
        String whole = open(head) + ",\"data\":" + open(data.encode()) + ",\"details\":" + alert.details() + "}}";
        return whole.getBytes(StandardCharsets.UTF_8);
    }

    /** An object without its end. */
    private static String open(String object) {
        return object.substring(0, object.length() - 1);
    }

    /** For Slack's incoming webhooks: what could be a link, a mention or a channel in it is none. */
    static byte[] slack(Alert alert) {
        return new JsonObject()
                .put("text", "*" + escaped(alert.title()) + "*\n" + escaped(alert.text()))
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "@\u200b");
    }
}
