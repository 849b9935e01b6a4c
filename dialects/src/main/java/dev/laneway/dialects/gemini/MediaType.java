package dev.laneway.dialects.gemini;

import dev.laneway.contracts.Feature;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a media type is to a model, and to the neutral model's audio formats. */
final class MediaType {
    private MediaType() {}

    /** What a model must be able to take it; null for a kind that no other dialect has, such as video. */
    static @Nullable Feature feature(String type) {
        if (type.startsWith("image/")) {
            return Feature.VISION;
        }
        if (type.startsWith("audio/")) {
            return Feature.AUDIO;
        }
        return type.equals("application/pdf") || type.startsWith("text/") ? Feature.DOCUMENTS : null;
    }

    /** OpenAI's word for the format of a recording. */
    static String audioFormat(String type) {
        return switch (type) {
            case "audio/mpeg" -> "mp3";
            case "audio/x-wav", "audio/wave" -> "wav";
            default -> type.substring(type.indexOf('/') + 1);
        };
    }

    /** By a URL's ending; the fallback where it has none that is known. */
    static String ofUrl(String url, String otherwise) {
        var query = url.indexOf('?');
        var path = (query < 0 ? url : url.substring(0, query)).toLowerCase(Locale.ROOT);
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "png" -> "image/png";
            case "jpg", "jpeg" -> "image/jpeg";
            case "gif" -> "image/gif";
            case "webp" -> "image/webp";
            case "heic" -> "image/heic";
            case "pdf" -> "application/pdf";
            case "txt" -> "text/plain";
            default -> otherwise;
        };
    }
}
