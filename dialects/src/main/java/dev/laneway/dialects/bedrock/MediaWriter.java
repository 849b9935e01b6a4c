package dev.laneway.dialects.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.neutral.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes images, recordings and documents: inline, or from S3. Bedrock fetches nothing from elsewhere. */
final class MediaWriter {
    private static final Set<String> AUDIO = Set.of("mp3", "opus", "wav", "aac", "flac", "mp4", "ogg", "webm", "pcm");

    private final Losses losses;
    private final Set<String> documentNames = new HashSet<>();

    MediaWriter(Losses losses) {
        this.losses = losses;
    }

    void image(MediaSource source, ArrayNode to) {
        var block = to.addObject().putObject("image");
        switch (source) {
            case MediaSource.Base64(var type, var data) -> {
                var format = type.substring(type.indexOf('/') + 1).toLowerCase(Locale.ROOT);
                switch (format) {
                    case "png", "jpeg", "gif", "webp" -> block.put("format", format);
                    case "jpg" -> block.put("format", "jpeg");
                    default -> losses.refuse("This vendor takes images as png, jpeg, gif or webp.");
                }
                block.putObject("source").put("bytes", data);
            }
            case MediaSource.Url(var url) -> {
                block.put("format", ending(url, "png").replace("jpg", "jpeg"));
                s3(url, block);
            }
            case MediaSource.Plain _ -> losses.refuse("An image can't be text.");
            case MediaSource.FileId _ -> elsewhere();
        }
    }

    void audio(String data, String format, ArrayNode to) {
        if (!AUDIO.contains(format)) {
            losses.refuse("This vendor does not take audio of that format.");
        }
        to.addObject()
                .putObject("audio")
                .put("format", format)
                .putObject("source")
                .put("bytes", data);
    }

    void document(MediaSource source, @Nullable String title, ArrayNode to) {
        var block = to.addObject().putObject("document");
        switch (source) {
            case MediaSource.Base64(var type, var data) -> {
                block.put("format", documentFormat(type));
                block.putObject("source").put("bytes", data);
            }
            case MediaSource.Plain(var text) -> {
                block.put("format", "txt");
                block.putObject("source")
                        .put("bytes", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            }
            case MediaSource.Url(var url) -> {
                block.put("format", ending(url, "pdf"));
                s3(url, block);
            }
            case MediaSource.FileId _ -> elsewhere();
        }
        block.put("name", name(title));
    }

    private void s3(String url, ObjectNode block) {
        if (url.startsWith("s3://")) {
            block.putObject("source").putObject("s3Location").put("uri", url);
        } else {
            losses.refuse("This vendor fetches nothing by URL: images and documents must be inline.");
        }
    }

    private void elsewhere() {
        losses.refuse("A file of this request was uploaded to another vendor, and can't be used here.");
    }

    private String documentFormat(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "application/pdf" -> "pdf";
            case "text/plain" -> "txt";
            case "text/markdown" -> "md";
            case "text/html" -> "html";
            case "text/csv" -> "csv";
            case "application/msword" -> "doc";
            case "application/vnd.ms-excel" -> "xls";
            case "application/vnd.openxmlformats-officedocument.wordprocessingml.document" -> "docx";
            case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" -> "xlsx";
            default -> {
                if (!type.startsWith("text/")) {
                    losses.refuse("This vendor does not take documents of that type.");
                }
                yield "txt";
            }
        };
    }

    private static String ending(String url, String otherwise) {
        var dot = url.lastIndexOf('.');
        var ending = dot < 0 ? "" : url.substring(dot + 1).toLowerCase(Locale.ROOT);
        return ending.matches("[a-z]{2,4}") ? ending : otherwise;
    }

    /** Letters, digits, single spaces, hyphens and brackets, and each name once in a request. */
    private String name(@Nullable String title) {
        var dot = title == null ? -1 : title.lastIndexOf('.');
        var bare = title == null ? "document" : dot > 0 ? title.substring(0, dot) : title;
        var clean = bare.replaceAll("[^a-zA-Z0-9\\-()\\[\\]]+", " ").strip();
        var name = clean.isEmpty()
                ? "document"
                : clean.substring(0, Math.min(clean.length(), 180)).strip();
        for (var copy = 2; !documentNames.add(name); copy++) {
            name = name.replaceAll(" \\d+$", "") + ' ' + copy;
        }
        return name;
    }
}
