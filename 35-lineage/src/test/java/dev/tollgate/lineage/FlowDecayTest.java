// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.terms.DataClass;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowDecayTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void a_class_lasts_as_its_own_line_says_or_the_nearest_above_it() {
        // When
        FlowDecay decay = new FlowDecay(
                DAY,
                Map.of(
                        new DataClass("financial"), Duration.ofDays(7),
                        new DataClass("billing"), Duration.ofDays(3)),
                DAY);

        // Then
        assertThat(decay.of(new DataClass("payment"), DataClasses.BASE)).isEqualTo(Duration.ofDays(3));
        assertThat(decay.of(new DataClass("deal-value"), DataClasses.BASE)).isEqualTo(Duration.ofDays(7));
        assertThat(decay.of(new DataClass("deal"), DataClasses.BASE)).isEqualTo(DAY);
    }

    @Test
    void restricted_classes_last_longest_where_nobody_says() {
        assertThat(FlowDecay.USUAL.of(new DataClass("bank-account"), DataClasses.BASE))
                .isEqualTo(Duration.ofDays(30));
        assertThat(FlowDecay.USUAL.of(DataClass.UNCLASSIFIED, DataClasses.BASE)).isEqualTo(Duration.ofDays(30));
        assertThat(FlowDecay.USUAL.of(new DataClass("contact-detail"), DataClasses.BASE))
                .isEqualTo(DAY);
    }

    @Test
    void nothing_is_forgotten_at_once_or_kept_for_ever() {
        assertThatThrownBy(() -> new FlowDecay(Duration.ofSeconds(1), Map.of(), DAY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FlowDecay(DAY, Map.of(), Duration.ofDays(366)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
