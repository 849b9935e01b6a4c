package dev.laneway.dialects.embeddings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.EmbeddingRequest.Encoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a vendor's answer while it comes, so that no piece takes an event loop long, and writes each vector at once as the caller
 * wants it. Where vectors come as they are wanted and the body is to be passed on, it keeps none of them. Cuts may fall anywhere. What
 * spoils an answer is {@link #failure}, after which nothing more is read. One answer, one thread.
 */
final class VectorReader {
    private static final int NOWHERE = -1;

    private final AnswerShape shape;
    private final Encoding wanted;
    private final boolean passing;
    private final JsonParser parser = Json.pieces();
    private final ByteArrayFeeder feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();

    /** The name of the member that each open object is at, from the outside in; {@code *} for an array. */
    private final ArrayList<String> path = new ArrayList<>();

    private final SortedMap<Integer, byte[]> vectors = new TreeMap<>();
    private @Nullable Vector open;
    private boolean kept;
    private boolean numbersSeen;
    private int count;
    private long renderedBytes;
    private int index = NOWHERE;
    private byte @Nullable [] unplaced;
    private long nameEnd;
    private long modelFrom = NOWHERE;
    private long modelTo = NOWHERE;
    private String model = "";
    private @Nullable TokenUsage usage;
    private boolean error;
    private boolean ended;
    private @Nullable Failure failure;

    /** @param passing whether the body itself goes to the caller, if its vectors are as wanted */
    VectorReader(AnswerShape shape, Encoding wanted, boolean passing) {
        this.shape = shape;
        this.wanted = wanted;
        this.passing = passing;
    }

    /** Takes the next bytes, which are not kept. */
    void feed(byte[] bytes, int offset, int length) {
        if (failure != null) {
            return;
        }
        try {
            feeder.feedInput(bytes, offset, offset + length);
            read();
        } catch (IOException notJson) {
            malformed("The vendor's answer is not JSON.");
        }
    }

    /** The body ended as HTTP says it should. */
    void end() {
        feeder.endOfInput();
        try {
            if (failure == null) {
                read();
                if (!path.isEmpty()) {
                    malformed("The vendor's answer is not whole.");
                }
            }
            parser.close();
        } catch (IOException notJson) {
            malformed("The vendor's answer is not JSON.");
        }
    }

    private void read() throws IOException {
        for (var token = parser.nextToken();
                token != null && token != JsonToken.NOT_AVAILABLE && failure == null;
                token = parser.nextToken()) {
            if (open != null) {
                element(open, token);
            } else if (ended) {
                malformed("Something follows the vendor's answer.");
            } else {
                take(token);
            }
        }
    }

    private void element(Vector vector, JsonToken token) throws IOException {
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                numbersSeen = true;
                if (kept && !vector.add(parser.getText())) {
                    malformed("The vendor's answer holds a number that is too large.");
                }
            }
            case END_ARRAY -> {
                open = null;
                close(kept ? vector.json() : null);
            }
            default -> malformed("The vendor's answer holds a vector of something other than numbers.");
        }
    }

    private void take(JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT -> {
                error |= here("error");
                path.add("");
            }
            case END_OBJECT -> {
                path.removeLast();
                ended = path.isEmpty();
                place();
            }
            case START_ARRAY -> {
                if (vectorHere()) {
                    kept = !passing || wanted != Encoding.FLOAT;
                    open = new Vector(wanted == Encoding.BASE64);
                } else {
                    path.add("*");
                }
            }
            case END_ARRAY -> path.removeLast();
            case FIELD_NAME -> {
                path.set(path.size() - 1, parser.currentName());
                nameEnd = parser.currentLocation().getByteOffset();
            }
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> counted();
            default -> {}
        }
    }

    private void text() throws IOException {
        if (vectorHere()) {
            numbersSeen = true;
            kept = !passing || wanted != Encoding.BASE64;
            if (!kept) {
                close(null);
            } else if (wanted == Encoding.BASE64) {
                close(Json.quoted(parser.getText()));
            } else {
                var unpacked = Vector.unpacked(parser.getText());
                if (unpacked == null) {
                    malformed("The vendor's answer holds a vector that can't be read.");
                } else {
                    close(unpacked);
                }
            }
        } else if (here(shape.model())) {
            model = parser.getText();
            modelFrom = nameEnd;
            modelTo = parser.currentLocation().getByteOffset();
        } else {
            error |= here("error");
        }
    }

    /** Cohere counts in numbers that need not be whole. */
    private void counted() throws IOException {
        if (here(shape.index())) {
            index = parser.getNumberType() == JsonParser.NumberType.INT ? parser.getIntValue() : NOWHERE;
        } else if (here(shape.inputTokens()) && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            usage = TokenUsage.of(Math.max(0, parser.getLongValue()), 0);
        }
    }

    /**
     * A vector is whole; its place may be said before or after it.
     *
     * @param json null where it isn't kept
     */
    private void close(byte @Nullable [] json) {
        count++;
        if (json == null) {
            return;
        }
        renderedBytes += json.length;
        if (renderedBytes > EmbeddingPipe.LARGEST) {
            malformed("The vendor's answer is too large.");
        } else if (shape.index().isEmpty()) {
            vectors.put(vectors.size(), json);
        } else {
            unplaced = json;
        }
    }

    /** The object around a vector has ended. */
    private void place() {
        if (unplaced != null) {
            vectors.put(index == NOWHERE ? vectors.size() : index, unplaced);
            unplaced = null;
            index = NOWHERE;
        }
    }

    private boolean vectorHere() {
        return shape.vectors().contains(String.join(".", path));
    }

    private boolean here(String place) {
        return !place.isEmpty() && String.join(".", path).equals(place);
    }

    private void malformed(String message) {
        if (failure == null) {
            failure = Failure.of(FailureKind.MALFORMED, message);
        }
    }

    /** Whether a vector with something in it began. */
    boolean numbersSeen() {
        return numbersSeen;
    }

    /** How many vectors were read. */
    int count() {
        return count;
    }

    /** Whether the body can go to the caller as it is. */
    boolean asWanted() {
        return passing && vectors.isEmpty();
    }

    /** In the order of the inputs; none of them where they are {@link #asWanted}. */
    List<byte[]> vectors() {
        return List.copyOf(vectors.values());
    }

    /** The vendor's name of the model; empty where it said none. */
    String model() {
        return model;
    }

    /** Where in the body the model's value may begin: from here on the first quote is its own. -1 where there is none. */
    long modelFrom() {
        return modelFrom;
    }

    /** Where it ends, behind its closing quote. */
    long modelTo() {
        return modelTo;
    }

    @Nullable
    TokenUsage usage() {
        return usage;
    }

    /** Whether the answer is an error, in spite of its status. */
    boolean isError() {
        return error;
    }

    @Nullable
    Failure failure() {
        return failure;
    }
}
