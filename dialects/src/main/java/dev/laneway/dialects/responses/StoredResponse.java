package dev.laneway.dialects.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.sse.SseFramer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response that was given, and the request that it answers, from their bytes in the log. Immutable. */
public final class StoredResponse {
    private final String requestId;
    private final byte[] request;
    private final byte[] response;

    private StoredResponse(String requestId, byte[] request, byte[] response) {
        this.requestId = requestId;
        this.request = request;
        this.response = response;
    }

    /**
     * Puts the two together.
     *
     * @param answer what the client got: a response, or the events of one
     * @return null where the client asked that it be not stored, or where there is no whole response
     */
    public static @Nullable StoredResponse of(String requestId, byte[] request, byte[] answer, boolean stream) {
        var store = JsonSlices.member(request, "store");
        var response = stream ? last(answer) : answer;
        return response == null || (store != null && store[0] == 'f')
                ? null
                : new StoredResponse(requestId, request, response);
    }

    private static byte @Nullable [] last(byte[] events) {
        var frames = new SseFramer();
        frames.feed(events, 0, events.length);
        frames.end();
        byte[] response = null;
        while (frames.next()) {
            if (frames.hasData() && (frames.eventIs("response.completed") || frames.eventIs("response.incomplete"))) {
                response = JsonSlices.member(
                        Arrays.copyOfRange(frames.data(), frames.dataStart(), frames.dataEnd()), "response");
            }
        }
        return response;
    }

    /** The response as its client got it. */
    public byte[] json() {
        return response.clone();
    }

    List<byte[]> input() {
        return JsonSlices.input(JsonSlices.member(request, "input"));
    }

    List<byte[]> output() {
        return JsonSlices.elements(JsonSlices.member(response, "output"));
    }

    /** The item of that id, as it is to be sent again; null where the response has none. */
    public byte @Nullable [] item(String id) {
        for (var items : List.of(output(), input())) {
            for (var item : items) {
                if (id.equals(JsonSlices.text(item, "id"))) {
                    return item;
                }
            }
        }
        return null;
    }

    /**
     * The list of what went in, earlier turns included; items that came without an id or a status
     * have got one.
     *
     * @param ascending in the order of the input, else the other way round
     * @param after the id of the item before the first one; null to begin
     * @param limit at most so many
     */
    public byte[] inputItems(boolean ascending, @Nullable String after, int limit) {
        var items = new ArrayList<ObjectNode>();
        for (var slice : input()) {
            var item = Json.object(new String(slice, StandardCharsets.UTF_8));
            if (item != null) {
                if (!item.hasNonNull("type")) {
                    item.put("type", "message");
                }
                if (!item.hasNonNull("id")) {
                    item.put("id", ItemIds.item("in", requestId, items.size()));
                }
                if (!item.hasNonNull("status") && !item.path("type").asText().equals("reasoning")) {
                    item.put("status", ItemWriter.COMPLETED);
                }
                items.add(item);
            }
        }
        if (!ascending) {
            Collections.reverse(items);
        }
        var from = 0;
        for (var i = 0; i < items.size(); i++) {
            if (items.get(i).path("id").asText().equals(after)) {
                from = i + 1;
            }
        }
        var page = items.subList(from, Math.min(items.size(), from + limit));
        var list = Json.object().put("object", "list");
        var data = list.putArray("data");
        page.forEach(data::add);
        list.put("first_id", page.isEmpty() ? null : page.getFirst().path("id").asText());
        list.put("last_id", page.isEmpty() ? null : page.getLast().path("id").asText());
        return Json.bytes(list.put("has_more", from + page.size() < items.size()));
    }
}
