package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.file.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a key that holds one word of a fixed set. */
final class Words {
    private Words() {}

    /** What the word stands for; null when the key isn't there or the word is another, which is a problem. */
    static <T> @Nullable T read(Block block, String key, Map<String, T> words) {
        Text text = block.text(key);
        T meaning = text == null ? null : words.get(text.value());
        if (text != null && meaning == null) {
            String all = String.join(", ", words.keySet().stream().sorted().toList());
            block.reading()
                    .problems()
                    .error(
                            text.place(),
                            "is not one of " + all,
                            Spelling.didYouMean(text.value(), words.keySet(), "write one of them"));
        }
        return meaning;
    }
}
