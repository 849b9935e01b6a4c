package dev.laneway.ingress.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Zone;
import dev.laneway.ingress.call.Binding.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BindingTest {
    private static final Reply.Head HEAD = new Reply.Head("d_1", Zone.CLOUD, 1, 0, "text/event-stream", Map.of());

    private final Binding binding = new Binding();

    @Test
    void shouldTakeTheFramesOfOneCallInOrder() {
        assertThat(binding.take(frame("a:0", 0, 0, HEAD))).isEqualTo(Verdict.FIRST);
        assertThat(binding.take(frame("a:0", 1, 0, null))).isEqualTo(Verdict.NEXT);
        assertThat(binding.due()).isEqualTo(2);
    }

    @Test
    void shouldKnowWhatItHadAndWhatIsMissing() {
        binding.take(frame("a:0", 0, 0, HEAD));

        assertThat(binding.take(frame("a:0", 0, 0, HEAD))).isEqualTo(Verdict.DUPLICATE);
        assertThat(binding.take(frame("a:0", 2, 0, null))).isEqualTo(Verdict.GAP);
    }

    @Test
    void shouldMissTheBeginning() {
        assertThat(binding.take(frame("a:0", 0, 0, null))).isEqualTo(Verdict.GAP);
        assertThat(binding.take(frame("a:0", 1, 0, HEAD))).isEqualTo(Verdict.GAP);
    }

    @Test
    void shouldNotJoinAnotherAttemptOrAnotherCall() {
        binding.take(frame("a:0", 0, 0, HEAD));

        assertThat(binding.take(frame("a:1", 1, 0, null))).isEqualTo(Verdict.OTHER);
        assertThat(binding.take(frame("a:0", 1, 7, null))).isEqualTo(Verdict.OTHER);
    }

    @Test
    void shouldGoOnWithWhatContinuesThisOne() {
        binding.take(frame("a:0", 0, 0, HEAD));

        Verdict taken = binding.take(continuing("a:1", 1, "a:0", 0));

        assertThat(taken).isEqualTo(Verdict.TAKES_OVER);
        assertThat(binding.take(frame("a:1", 2, 0, null))).isEqualTo(Verdict.NEXT);
        assertThat(binding.take(frame("a:0", 3, 0, null))).isEqualTo(Verdict.OTHER);
    }

    @Test
    void shouldNotGoOnWithWhatContinuesAnother() {
        binding.take(frame("a:0", 0, 0, HEAD));

        assertThat(binding.take(continuing("a:1", 1, "a:0", 3))).isEqualTo(Verdict.OTHER);
    }

    @Test
    void shouldMissFramesBeforeAContinuation() {
        binding.take(frame("a:0", 0, 0, HEAD));

        assertThat(binding.take(continuing("a:1", 3, "a:0", 0))).isEqualTo(Verdict.GAP);
    }

    private static Reply.Frame frame(String attempt, int seq, int call, Reply.@Nullable Head head) {
        return new Reply.Frame("a", attempt, seq, head, null, call);
    }

    private static Reply.Frame continuing(String attempt, int seq, String before, int call) {
        return new Reply.Frame("a", attempt, seq, HEAD, null, 0, new Reply.Continued(before, call));
    }
}
