package dev.laneway.dialects.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.laneway.dialects.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTallyTest {
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
        for (var piece : new int[] {text.length(), 40, 9}) {
            var tally = new TextTally();
            for (var from = 0; from < text.length(); from += piece) {
                tally.add(text.substring(from, Math.min(text.length(), from + piece)));
            }
            assertThat(tally.tokens()).as("pieces of %s", piece).isCloseTo(tokens, withinPercentage(25));
        }
    }

    @Test
    void shouldWeighATextTheSameHoweverItIsWritten() {
        var text = "Zürich, Київ, 北京, 서울: \"fine\"\t😀\nand / or C:\\dir";
        var plain = new TextTally();
        plain.add(text);

        var utf8 = inJson("\"Zürich, Київ, 北京, 서울: \\\"fine\\\"\\t😀\\nand \\/ or C:\\\\dir\"");
        var escaped = inJson("\"" + escaped(text) + "\"");

        assertThat(utf8.tokens()).isEqualTo(plain.tokens()).isGreaterThan(15);
        assertThat(escaped.tokens()).isEqualTo(plain.tokens());
    }

    @Test
    void shouldCountAPieceAsATokenAtLeast() {
        var tally = new TextTally();
        for (var i = 0; i < 50; i++) {
            tally.add("a");
        }

        assertThat(tally.tokens()).isEqualTo(50);
    }

    @Test
    void shouldCountNoEmptyPiece() {
        var tally = inJson("\"\"", "null", "{}", "[]", "17");
        tally.add("");

        assertThat(tally.tokens()).isZero();
    }

    @Test
    void shouldCountWhatIsNoTextAsAPiece() {
        var tally = new TextTally();
        tally.addOther();

        assertThat(tally.tokens()).isEqualTo(1);
    }

    @Test
    void shouldWeighAnObjectAsItIsWritten() {
        assertThat(inJson("{\"city\":\"Oslo\"}").tokens()).isEqualTo(tokens("{\"city\":\"Oslo\"}"));
    }

    @Test
    void shouldNotReadBeyondATextThatIsCut() {
        assertThat(inJson("\"ab\\u00").tokens()).isEqualTo(1);
        assertThat(inJson("\"abc\\").tokens()).isEqualTo(1);
    }

    private static long tokens(String text) {
        var tally = new TextTally();
        tally.add(text);
        return tally.tokens();
    }

    private static TextTally inJson(String... values) {
        var tally = new TextTally();
        for (var value : values) {
            var json = value.getBytes(StandardCharsets.UTF_8);
            tally.takeValue(new JsonCursor().reset(json, 0, json.length));
        }
        return tally;
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (var c : text.toCharArray()) {
            escaped.append("\\u%04x".formatted((int) c));
        }
        return escaped.toString();
    }
}
