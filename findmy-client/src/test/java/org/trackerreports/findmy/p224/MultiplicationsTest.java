package org.trackerreports.findmy.p224;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MultiplicationsTest {

    private static final PointMultiplication BOUNCY_CASTLE = new BouncyCastleMultiplication();

    @Test
    void theKernelServesByDefault() {
        assertThat(Multiplications.CHOSEN).isInstanceOf(KernelMultiplication.class);
        assertThat(choose("kernel", KernelMultiplication::new)).isInstanceOf(KernelMultiplication.class);
    }

    @Test
    void aMisspeltChoiceGivesTheDefault() {
        assertThat(choose("fast", KernelMultiplication::new)).isInstanceOf(KernelMultiplication.class);
    }

    @Test
    void bouncyCastleServesWhenItIsChosen() {
        assertThat(choose("bouncycastle", KernelMultiplication::new)).isSameAs(BOUNCY_CASTLE);
    }

    @Test
    void bouncyCastleServesWhenTheKernelIsWrong() {
        assertThat(choose("kernel", () -> new Wrong(true, false))).isSameAs(BOUNCY_CASTLE);
        assertThat(choose("kernel", () -> new Wrong(false, true))).isSameAs(BOUNCY_CASTLE);
        assertThat(choose("kernel", () -> new Wrong(false, false))).isInstanceOf(Wrong.class);
    }

    @Test
    void bouncyCastleServesWhenTheKernelFails() {
        assertThat(choose("kernel", () -> {
                    throw new ArithmeticException("no multiplication here");
                }))
                .isSameAs(BOUNCY_CASTLE);
    }

    private static PointMultiplication choose(String wanted, Supplier<PointMultiplication> kernel) {
        return Multiplications.choose(wanted, kernel, () -> BOUNCY_CASTLE);
    }

    /** Gives one answer with one wrong bit. */
    private record Wrong(boolean inPublic, boolean inShared) implements PointMultiplication {

        @Override
        public List<byte[]> publicXs(List<byte[]> scalars) {
            return spoil(BOUNCY_CASTLE.publicXs(scalars), inPublic);
        }

        @Override
        public List<byte[]> sharedXs(List<byte[]> scalars, List<byte[]> points) {
            return spoil(BOUNCY_CASTLE.sharedXs(scalars, points), inShared);
        }

        private static List<byte[]> spoil(List<byte[]> answers, boolean spoilt) {
            if (spoilt) {
                answers.get(answers.size() - 1)[27] ^= 1;
            }
            return answers;
        }
    }
}
