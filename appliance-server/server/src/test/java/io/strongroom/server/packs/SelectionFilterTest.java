package io.strongroom.server.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Selection;
import io.strongroom.api.json.Json;
import io.strongroom.server.ledger.LedgerReader.Row;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionFilterTest {
    private final Row row = new MemoryLedger().append(1).row(0);

    @Test
    void anEmptySelectionSelectsEverythingEvenWhereTheBodyIsGone() {
        assertThat(selects("{}", row)).isTrue();
        assertThat(selects("{}", withoutBody())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'stream':'audit.security'}",
                "{'source':'order-service'}",
                "{'actor':'user-0'}",
                "{'action':'Appointment.Booked'}",
                "{'resource':'apt_0'}",
                "{'outcome':'success'}",
                "{'labels':{'env':'prod'}}",
                "{'from':'2026-11-21T00:00:00.000Z','to':'2026-11-21T00:00:00.001Z'}",
                "{'text':'dhl'}",
                "{'text':'DHL booked'}",
                "{'actor':'user-0','action':'Appointment.Booked','labels':{'env':'prod'},'text':'prod'}",
                "{'not':{'stream':['audit.default'],'source':['order'],'actor':['user-1','user-2']}}",
                "{'not':{'action':['appointment.booked'],'resource':['apt'],'outcome':['failure','unknown']}}",
                "{'not':{'labels':{'env':['test'],'zone':['prod']}}}"
            })
    void selectsWhatAgrees(String selection) {
        assertThat(selects(selection, row)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'stream':'audit.default'}",
                "{'source':'order'}",
                "{'actor':'user-1'}",
                "{'action':'appointment.booked'}",
                "{'resource':'apt'}",
                "{'outcome':'failure'}",
                "{'labels':{'env':'test'}}",
                "{'labels':{'env':'prod','zone':'b'}}",
                "{'from':'2026-11-21T00:00:00.001Z'}",
                "{'to':'2026-11-21T00:00:00.000Z'}",
                "{'text':'dh'}",
                "{'text':'dhl fedex'}",
                "{'actor':'user-0','action':'Other'}",
                "{'not':{'stream':['audit.security']}}",
                "{'not':{'source':['other','order-service']}}",
                "{'not':{'actor':['user-1','user-0']}}",
                "{'not':{'action':['Appointment.Booked']}}",
                "{'not':{'resource':['apt_0']}}",
                "{'not':{'outcome':['success']}}",
                "{'not':{'labels':{'env':['test','prod']}}}",
                "{'actor':'user-0','not':{'labels':{'env':['prod']}}}",
                "{'records':['01ARZ3NDEKTSV4RRFFQ69G5FAV']}"
            })
    void leavesOutWhatDoesNot(String selection) {
        assertThat(selects(selection, row)).isFalse();
    }

    @Test
    void aRecordWhoseBodyIsGoneIsSelectedByItsEntryAlone() {
        assertThat(selects("{'source':'order-service'}", withoutBody())).isTrue();
        assertThat(selects("{'actor':'user-0'}", withoutBody())).isFalse();
    }

    @Test
    void aRecordWhoseBodyIsGoneIsLeftOutByItsEntryAlone() {
        assertThat(selects("{'not':{'source':['order-service']}}", withoutBody()))
                .isFalse();
        assertThat(selects("{'not':{'actor':['user-0']}}", withoutBody())).isTrue();
    }

    @Test
    void aRecordIsSelectedByItsId() {
        String id = row.entry().id().toString();
        assertThat(selects("{'records':['01ARZ3NDEKTSV4RRFFQ69G5FAV','" + id + "']}", row))
                .isTrue();
        assertThat(selects("{'records':['" + id + "']}", withoutBody())).isTrue();
        assertThat(selects("{'records':['" + id + "'],'actor':'user-1'}", row)).isFalse();
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThatThrownBy(() -> selects("{'from':'yesterday'}", row)).isInstanceOf(IllegalArgumentException.class);
    }

    private Row withoutBody() {
        return new Row(row.entry(), row.leaf(), null);
    }

    private static boolean selects(String selection, Row row) {
        Selection parsed =
                Selection.fromJson(Json.parseObject(selection.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return new SelectionFilter(parsed).selects(row);
    }
}
