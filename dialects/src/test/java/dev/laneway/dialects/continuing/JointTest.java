package dev.laneway.dialects.continuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JointTest {
    private static final int RUNS = 20_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"The cat sat\"|\" on the mat\"|\" on the mat\"",
                "\"The cat sat\"|\"sat on the mat\"|\" on the mat\"",
                "\"The cat sat\"|\" cat sat on the mat\"|\" on the mat\"",
                "\"The cat sat\"|\"The cat sat on the mat\"|\" on the mat\"",
                "\"The cat \"|\" sat\"|\"sat\"",
                "\"this is a test\"|\"ting ground\"|\"ting ground\"",
                "\"unbeliev\"|\"unbelievable\"|\"able\"",
                "\"Wait.\"|\". Then\"|\" Then\"",
                "\"it began with 東京は大\"|\"東京は大きい\"|\"きい\"",
                "\"it began with a 😀\"|\"😀 face\"|\" face\"",
            })
    void shouldLeaveOutWhatIsRepeated(String said, String goesOn, String isNew) {
        assertThat(whole(new Joint(said, false), goesOn)).isEqualTo(isNew);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"He said ha ha\"|\" ha\"|\" ha\"",
                "\"one, \"|\"two\"|\"two\"",
                "\"one, \"|\" two\"|\"two\"",
                "\"one,\n\n\"|\"\n\ntwo\"|\"two\"",
                "\"one,\n\n\"|\"\ntwo\"|\"two\"",
            })
    void shouldLeaveOutOnlySpaceWhereTheModelWasGivenTheBeginning(String said, String goesOn, String isNew) {
        assertThat(whole(new Joint(said, true), goesOn)).isEqualTo(isNew);
    }

    @Test
    void shouldHoldBackOnlyWhatMayBeARepetition() {
        Joint joint = new Joint("The cat sat on", false);

        assertThat(joint.add("sat")).isEmpty();
        assertThat(joint.add(" o")).isEmpty();
        assertThat(joint.add("n the")).isEqualTo(" the");
        assertThat(joint.add(" mat")).isEqualTo(" mat");
    }

    @Test
    void shouldNotHoldBackWhatCanBeNone() {
        assertThat(new Joint("The cat sat", false).add(" on")).isEqualTo(" on");
    }

    @Test
    void shouldLeaveOutAWholeAnswerThatIsSaidOnceMore() {
        String said = "word after word, ".repeat(100);

        assertThat(whole(new Joint(said + "and", false), said + "and so on")).isEqualTo(" so on");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void shouldTellAnAnswerThatBeginsAllOver(boolean exact) {
        String start = "Once upon a time there was a gateway, and nobody knew its port, ";
        Joint joint = new Joint(start + "which was four thousand.", exact);

        joint.add(start);
        String shown = joint.add("since it had moved.");

        assertThat(joint.restarted()).isTrue();
        assertThat(shown).isEmpty();
    }

    /** Whatever the cut and the pieces: said and new together are the answer, once. */
    @Test
    void shouldJoinWithoutGapOrRepetition() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            // words that occur once, so that what is a repetition is no matter of opinion
            boolean exact = random.nextBoolean();
            // half of a gap at the end can't be told from a repetition by a model that was only told to go on
            String gap = exact ? "\n\n" : "\n";
            StringBuilder answer = new StringBuilder();
            int words = 3 + random.nextInt(60);
            for (int i = 0; i < words; i++) {
                answer.append(i == 0 ? "" : random.nextInt(9) == 0 ? gap : " ").append(word(i, random));
            }
            int cut = answer.length() == 1 ? 1 : 1 + random.nextInt(answer.length() - 1);
            int from = exact ? strippedLength(answer, cut) : repeatsFrom(answer, cut, random);
            Joint joint = new Joint(answer.substring(0, cut), exact);

            String rest = inPieces(joint, answer.substring(from), random);

            assertThat(answer.substring(0, cut) + rest)
                    .as("seed %d, run %d, cut %d, repeated from %d, exact %s", seed, run, cut, from, exact)
                    .isEqualTo(answer.toString());
        }
    }

    private static String word(int number, Random random) {
        return "w" + number + "xyz".substring(0, random.nextInt(3)) + (random.nextInt(5) == 0 ? "é" : "");
    }

    /** A vendor takes no space at the end of a beginning, so that its model says it once more. */
    private static int strippedLength(CharSequence answer, int cut) {
        int from = cut;
        while (from > 0 && Character.isWhitespace(answer.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    /** From where the answer broke off, or from the start of a word within reach. */
    private static int repeatsFrom(CharSequence answer, int cut, Random random) {
        int from = cut - random.nextInt(Math.min(cut, Joint.LONGEST_OVERLAP) + 1);
        while (from > 0 && from < cut && Character.isLetterOrDigit(answer.charAt(from - 1))) {
            from++;
        }
        return Math.min(from, cut);
    }

    private static String inPieces(Joint joint, String text, Random random) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(8));
            shown.append(joint.add(text.substring(at, to)));
            at = to;
        }
        return shown.append(joint.end()).toString();
    }

    private static String whole(Joint joint, String goesOn) {
        return joint.add(goesOn) + joint.end();
    }
}
