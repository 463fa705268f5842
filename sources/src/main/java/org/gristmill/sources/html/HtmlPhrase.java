package org.gristmill.sources.html;

/** What a short text says, by single words that mean the same wherever they stand. */
enum HtmlPhrase {
  COMMENTS(
      "comment comments kommentar kommentare commentaires comentarios commenti comentários reacties"
          + " komentarze комментарии комментарий 评论 評論 留言 コメ 댓글"),
  RELATED(
      "related recommended similar popular trending latest more mehr verwandte ähnliche relacionados"
          + " recommandés voir leer powiązane полезное 相关 相關 推荐 推薦 热门 熱門 阅读 関連 人気"),
  SHARE(
      "share tweet facebook twitter instagram linkedin youtube whatsapp pinterest follow teilen"
          + " folgen partager compartir condividi delen поделиться 分享 关注 關注 微博 共有"),
  NEWSLETTER(
      "newsletter subscribe subscription signup inbox abonnieren abonnez suscríbete 订阅 訂閱 登録"),
  LOGIN(
      "login signin register password account anmelden registrieren connexion iniciar войти"
          + " регистрация 登录 登錄 注册 註冊 会員"),
  LEGAL(
      "copyright © privacy cookies terms imprint impressum datenschutz agb legal mentions"
          + " privacidad rechte reserved rights disclaimer 版权 版權 隐私 隱私 著作 免责"),
  CART("cart basket checkout buy warenkorb panier carrito купить корзина 购物 購物 カー"),
  REPLY("reply quote antworten zitieren répondre responder ответить posted joined member 回复 回覆 返信"),
  AUTHOR("by author written von autor auteur par published updated editor автор 作者 编辑 編輯 记者 記者 来源"),
  READ(
      "read continue weiterlesen lire ler view see learn click show load next previous hide 更多 详情");

  private static final HtmlNumbers WORDS = new HtmlNumbers();
  private static final int[] MEANINGS = meanings();

  private final String words;

  HtmlPhrase(String words) {
    this.words = words;
  }

  private static int[] meanings() {
    int[] meanings = new int[1024];
    for (HtmlPhrase phrase : values()) {
      for (String word : phrase.words.split(" ")) {
        meanings[WORDS.number(word.hashCode())] |= 1 << phrase.ordinal();
      }
    }
    return meanings;
  }

  /**
   * The phrases that a lower-case word belongs to, as bits, by its {@link String#hashCode}; of
   * unspaced scripts, two characters.
   */
  static int of(int hash) {
    int number = WORDS.find(hash);
    return number < 0 ? 0 : MEANINGS[number];
  }
}
