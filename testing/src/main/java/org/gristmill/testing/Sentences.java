package org.gristmill.testing;

import java.util.Locale;
import org.gristmill.core.Hash;

/** Texts of seeded sentences that look like a language's to a filter. */
public final class Sentences {
  private static final String[] ENGLISH =
      ("the the the the of of and and to a in that it was with for on as by from river wheel stone"
              + " farmer valley grain winter miller sound bread morning wheat autumn dam oak clay"
              + " spring price flour weather road channel pond engineer city water gear mill children"
              + " village weir account book harvest year custom handful birds market bridge horse"
              + " cart barrel oven baker field rain summer barn rope lantern door kitchen letter ship"
              + " turned brought built mended measured remembered listened learned carried opened"
              + " slow quiet heavy golden narrow early late deep broken wooden")
          .split(" ");
  private static final String[] CHINESE =
      ("的 的 的 了 是 在 和 有 这 那 河水 水车 石磨 农民 山谷 粮食 冬天 磨坊 声音 面包 早晨 小麦 秋天 水坝 橡木"
              + " 黏土 春天 价格 面粉 天气 道路 水渠 池塘 工程师 城市 齿轮 孩子 村庄 账本 收成 习俗 鸟儿 市场 桥梁"
              + " 马车 木桶 炉子 田野 雨水 夏天 谷仓 绳子 灯笼 厨房 信件 船只 推动 带来 建造 修补 测量 记得 听见"
              + " 学会 搬运 打开 缓慢 安静 沉重 金色 狭窄 古老 深深")
          .split(" ");

  private Sentences() {}

  /** So many sentences of words drawn by hash; the same number gives the same text. */
  public static String english(int number, int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      StringBuilder sentence = new StringBuilder();
      for (int word = 0; word < 12; word++) {
        sentence.append(word == 0 ? "" : " ").append(pick(ENGLISH, number, i, word));
      }
      text.append(sentence.substring(0, 1).toUpperCase(Locale.ROOT)).append(sentence.substring(1));
      text.append(i % 4 == 3 ? ".\n" : ". ");
    }
    return text.toString().strip();
  }

  /** The same in Chinese. */
  public static String chinese(int number, int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      for (int word = 0; word < 12; word++) {
        text.append(pick(CHINESE, number, i, word)).append(word == 5 ? "，" : "");
      }
      text.append(i % 4 == 3 ? "。\n" : "。");
    }
    return text.toString().strip();
  }

  private static String pick(String[] words, int number, int sentence, int word) {
    return words[Hash.range(Hash.xx64(number, sentence + ":" + word), words.length)];
  }
}
