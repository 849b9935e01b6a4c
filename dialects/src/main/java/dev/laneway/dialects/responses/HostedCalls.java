package dev.laneway.dialects.responses;

import dev.laneway.contracts.HostedTool;
import dev.laneway.dialects.json.JsonCursor;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts, of a response's {@code output}, what the vendor did itself and bills by the use: {@code web_search_call} (what it opens or finds
 * in a page is no search), {@code file_search_call}, {@code code_interpreter_call} by its container, {@code image_generation_call}. One
 * response, one thread.
 */
final class HostedCalls {
    private static final String PREVIEW = "web_search_preview";

    private final Map<HostedTool, Long> uses = new EnumMap<>(HostedTool.class);
    private final Set<String> containers = new HashSet<>();
    private boolean preview;
    private String kind = "";
    private String action = "";
    private String container = "";

    /** Passes over the tools that the response repeats, at whose array the cursor is. */
    void offered(JsonCursor at) {
        while (at.nextElement()) {
            if (!at.enterObject()) {
                at.skipValue();
                continue;
            }
            while (at.nextMember()) {
                if (at.keyIs("type") && at.kind() == '"') {
                    var type = at.takeString();
                    preview |= type != null && type.startsWith(PREVIEW);
                } else {
                    at.skipValue();
                }
            }
        }
    }

    /** An item is of that type. */
    void began(String type) {
        kind = type;
    }

    /** The item that is read did that. */
    void acted(String type) {
        action = type;
    }

    /** The code of the item that is read ran there. */
    void ranIn(String id) {
        container = id;
    }

    /** The item was read. */
    void ended() {
        switch (kind) {
            case "web_search_call" -> {
                if (action.isEmpty() || action.equals("search")) {
                    uses.merge(HostedTool.WEB_SEARCH, 1L, Long::sum);
                }
            }
            case "file_search_call" -> uses.merge(HostedTool.FILE_SEARCH, 1L, Long::sum);
            case "image_generation_call" -> uses.merge(HostedTool.IMAGE, 1L, Long::sum);
            case "code_interpreter_call" -> {
                if (container.isEmpty() || containers.add(container)) {
                    uses.merge(HostedTool.CODE, 1L, Long::sum);
                }
            }
            default -> {}
        }
        kind = action = container = "";
    }

    /** What was used. */
    Map<HostedTool, Long> uses() {
        var searches = preview ? uses.remove(HostedTool.WEB_SEARCH) : null;
        if (searches != null) {
            uses.put(HostedTool.WEB_SEARCH_PREVIEW, searches);
        }
        return uses;
    }
}
