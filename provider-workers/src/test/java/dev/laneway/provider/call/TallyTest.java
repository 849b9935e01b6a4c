package dev.laneway.provider.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {
    private static final String FRAME =
            "data: {\"id\":\"chatcmpl-Ab0\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n";
    private static final String END =
            "data: {\"id\":\"chatcmpl-Ab0\",\"choices\":[{\"delta\":{}}]}\n\ndata: [DONE]\n\n";

    /** The counts are those of the vocabulary o200k_base. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            70 | The committee met on Tuesday to consider whether the new bridge should be opened to heavy traffic before the winter. Several engineers argued that the supports had not been tested under load, and that a delay of three weeks would cost less than a closure in January. The mayor, who had promised the opening in her campaign, asked for a written opinion by Friday.
            69 | Der Ausschuss trat am Dienstag zusammen, um zu erwägen, ob die neue Brücke noch vor dem Winter für den Schwerverkehr freigegeben werden soll. Mehrere Ingenieure wandten ein, die Stützen seien nicht unter Last geprüft worden, und eine Verzögerung von drei Wochen koste weniger als eine Sperrung im Januar.
            67 | Комитет собрался во вторник, чтобы обсудить, следует ли открыть новый мост для тяжёлого транспорта до наступления зимы. Несколько инженеров утверждали, что опоры не были испытаны под нагрузкой и что задержка на три недели обойдётся дешевле, чем закрытие в январе.
            76 | 委员会于周二开会，讨论是否应在冬季之前将新桥向重型车辆开放。几位工程师认为，桥墩尚未经过负载测试，推迟三周的费用低于一月份封闭的费用。市长在竞选中承诺过通车，要求在周五之前提交书面意见。
            86 | 委員会は火曜日に会合を開き、冬の前に新しい橋を大型車両に開放すべきかどうかを検討した。数人の技術者は、支柱は荷重試験を受けておらず、三週間の遅れは一月の閉鎖よりも安く済むと主張した。
            50 | 위원회는 화요일에 모여 겨울이 오기 전에 새 다리를 대형 차량에 개방할지 여부를 검토했다. 몇몇 기술자는 교각이 하중 시험을 거치지 않았다고 주장했다.
            """)
    void shouldCountTextOfAnyLanguageToWithinAQuarter(long tokens, String text) {
        for (int piece : new int[] {text.length(), 40, 9}) {
            StringBuilder stream = new StringBuilder();
            for (int from = 0; from < text.length(); from += piece) {
                stream.append(FRAME.formatted(text.substring(from, Math.min(text.length(), from + piece))));
            }
            assertThat(tokens(true, stream + END)).as("pieces of %s", piece).isCloseTo(tokens, withinPercentage(25));
        }
        assertThat(tokens(
                        false,
                        "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"" + escaped(text)
                                + "\"}}]}"))
                .as("escaped, in one piece")
                .isCloseTo(tokens, withinPercentage(25));
    }

    @Test
    void shouldCountAPieceAsATokenAtLeast() {
        assertThat(tokens(true, FRAME.formatted("a").repeat(50) + END)).isEqualTo(50);
    }

    @Test
    void shouldCountNoFrameWithoutText() {
        assertThat(tokens(
                        true,
                        "data: {\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}\n\n"
                                + "event: content_block_delta\ndata: {\"delta\":{\"text\":\"Hi\"}}\n\n"
                                + "data: {\"delta\":{\"signature\":\"EqQBCkgIARABGAIiQ\"},\"id\":\"content\"}\n\n"))
                .isEqualTo(1);
    }

    @Test
    void shouldCountArgumentsAndThinking() {
        assertThat(tokens(true, "data: {\"thinking\":\"Well\"}\n\ndata: {\"partial_json\": \"{\\\"a\\\"\"}\n\n"))
                .isEqualTo(3);
    }

    @Test
    void shouldCountOnceWhatTheResponsesApiSaysTwice() {
        assertThat(tokens(
                        true,
                        "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hello\"}\n\n"
                                + "data: {\"type\":\"response.output_text.done\",\"text\":\"Hello\"}\n\n"))
                .isEqualTo(1);
    }

    @Test
    void shouldFindJsonInBinaryFrames() {
        assertThat(
                        tokens(
                                true,
                                "\0\0\0\"\7:x\0{\"delta\":{\"text\":\"Hi\"},\"p\":\"abc\"}\1\"\0\0\0{\"delta\":{\"text\":\" you\"}}"))
                .isEqualTo(2);
    }

    @Test
    void shouldCountAcrossCuts() {
        Tally tally = new Tally(true);
        for (byte one : (FRAME.formatted("\\u00e9\\n\\\"").repeat(3) + END).getBytes(StandardCharsets.UTF_8)) {
            tally.add(new byte[] {one});
        }

        assertThat(tally.tokens()).isEqualTo(5);
    }

    @Test
    void shouldCountLinesOfAStreamWhoseTextItCanNotFind() {
        assertThat(tokens(true, ("data: {\"utterance\":[104,105]}\n\n").repeat(7)))
                .isEqualTo(7);
    }

    @Test
    void shouldTakeAWholeAnswerForText() {
        assertThat(tokens(false, "a".repeat(400))).isEqualTo(100);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            escaped.append(c < 128 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return escaped.toString();
    }

    private static long tokens(boolean stream, String text) {
        Tally tally = new Tally(stream);
        tally.add(text.getBytes(StandardCharsets.UTF_8));
        return tally.tokens();
    }
}
