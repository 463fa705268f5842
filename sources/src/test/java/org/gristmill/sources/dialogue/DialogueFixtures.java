package org.gristmill.sources.dialogue;

/** Small files of conversations. */
public final class DialogueFixtures {
  /** Two threads of a mailing list, with an answer that quotes, and the encodings of mail. */
  public static final String MBOX =
      """
      From ann at example.org  Mon May  6 07:08:09 2024
      From: =?UTF-8?B?5bGx5pys?= <ann@example.org>
      Subject: =?utf-8?q?The_mill?= =?utf-8?q?stone?=
      Message-ID: <1@example.org>
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      How hard should a mill=
      stone be=3F
      --\s
      Ann, Example Mills

      From bob at example.org  Mon May  6 08:08:09 2024
      From: bob at example.org (Bob Grinder)
      Subject: Another thing
      Message-ID: <2@example.org>

      From here on, something else.

      From eve@example.org  Mon May  6 09:08:09 2024
      From: "Eve" <eve@example.org>
      Subject: Re: The millstone
      Message-ID: <3@example.org>
      In-Reply-To: <1@example.org>
      Content-Type: multipart/alternative; boundary="xx"

      --xx
      Content-Type: text/html

      <p>Hard <b>enough</b>.</p>
      --xx
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: base64

      T24gTW9uZGF5LCBBbm4gd3JvdGU6Cj4gSG93IGhhcmQKCkhhcmQgZW5vdWdoLiDnoawK
      --xx--
      """;

  /** A session of the NPS Chat Corpus. */
  public static final String CHAT =
      """
      <!-- a comment -->
      <Session xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <Posts>
          <Post class="Greet" user="U7">hey &amp; hello <terminals><t pos="UH" word="hey"/></terminals>
          </Post>
          <Post class="System" user="U8">PART<terminals><t pos="VB" word="PART"/></terminals></Post>
          <Post class="Statement" user="U9">ah well<terminals/></Post>
        </Posts>
      </Session>
      """;

  private DialogueFixtures() {}
}
