package dev.laneway.dialects.bedrock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Ids of calls as Bedrock takes them: 64 of letters, digits and {@code _.:-} at most, each once in a request. A result gets the id that its
 * call got. One request.
 */
final class CallIds {
    private static final int LONGEST = 64;
    private static final int ROOM = 8;

    /** By an id as it came: the calls of that id that wait for their results, as they were sent. */
    private final Map<String, Deque<String>> waiting = new HashMap<>();

    private final Set<String> sent = new HashSet<>();

    String called(String id) {
        var plain = plain(id);
        var own = plain;
        for (var copy = 2; !sent.add(own); copy++) {
            own = plain.substring(0, Math.min(plain.length(), LONGEST - ROOM)) + '_' + copy;
        }
        waiting.computeIfAbsent(id, _ -> new ArrayDeque<>()).add(own);
        return own;
    }

    String answered(String id) {
        var calls = waiting.get(id);
        var first = calls == null ? null : calls.poll();
        return first == null ? plain(id) : first;
    }

    private static String plain(String id) {
        var plain = id.replaceAll("[^a-zA-Z0-9_.:-]", "_");
        return plain.isEmpty() ? "call" : plain.substring(0, Math.min(plain.length(), LONGEST));
    }
}
