package dev.laneway.testkit.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A streamed answer in its parts, each a text of whole server-sent events.
 *
 * @param opening before the first token
 * @param chunks the content
 * @param finish why it ended, and the usage
 * @param end the event that ends the stream
 */
public record StreamScript(String opening, List<Chunk> chunks, String finish, String end) {
    public StreamScript {
        chunks = List.copyOf(chunks);
    }

    /**
     * A piece of content.
     *
     * @param text one or more events
     * @param tokens how many tokens it holds
     */
    public record Chunk(String text, int tokens) {}

    /** The same content in at most so many chunks, neighbours put together; 0 leaves it as it is. */
    public static <T> List<List<T>> grouped(List<T> pieces, int groups) {
        int count = groups == 0 ? pieces.size() : Math.min(groups, pieces.size());
        List<List<T>> grouped = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * pieces.size() / count);
            int to = (int) ((long) (i + 1) * pieces.size() / count);
            grouped.add(pieces.subList(from, to));
        }
        return grouped;
    }

    /** Everything, in one text. */
    public String all() {
        StringBuilder all = new StringBuilder(opening);
        for (Chunk chunk : chunks) {
            all.append(chunk.text());
        }
        return all.append(finish).append(end).toString();
    }

    /** All tokens of the content. */
    public int tokens() {
        return chunks.stream().mapToInt(Chunk::tokens).sum();
    }
}
