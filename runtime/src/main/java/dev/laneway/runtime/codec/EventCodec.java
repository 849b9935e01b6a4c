package dev.laneway.runtime.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.module.blackbird.BlackbirdModule;
import java.io.IOException;

/**
 * Encodes and decodes one type of envelope or state. Unknown fields are ignored, so that an older role can read a newer one's
 * events. Safe on any thread.
 *
 * @param <T> a record of contracts, or a sealed family of them
 */
public final class EventCodec<T> {
    // Blackbird calls accessors and constructors directly, where plain Jackson goes through reflection for each field
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new BlackbirdModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ObjectReader reader;
    private final ObjectWriter writer;

    private EventCodec(Class<T> type) {
        reader = JSON.readerFor(type);
        writer = JSON.writerFor(type);
    }

    public static <T> EventCodec<T> of(Class<T> type) {
        return new EventCodec<>(type);
    }

    public byte[] encode(T value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of contracts can't be written: " + value.getClass(), e);
        }
    }

    /**
     * Decodes.
     *
     * @throws UndecodableException when the bytes are not what the type says
     */
    public T decode(byte[] bytes) throws UndecodableException {
        try {
            T value = reader.readValue(bytes);
            if (value == null) {
                throw new UndecodableException("null instead of an envelope");
            }
            return value;
        } catch (JacksonException e) {
            throw new UndecodableException(e.getClass().getSimpleName() + " at " + position(e));
        } catch (IOException e) {
            throw new UndecodableException(e.getClass().getSimpleName());
        }
    }

    /** Where in the bytes, without any of them. */
    private static String position(JacksonException e) {
        return e.getLocation() == null
                ? "an unknown place"
                : "byte " + e.getLocation().getByteOffset();
    }
}
