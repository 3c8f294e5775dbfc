//! A little of other languages and scripts.

use super::{Language, Phrases};

pub const GERMAN: Language = Language {
    gap: " ",
    greetings: &["Guten Tag,", "Hallo,", "Sehr geehrte Damen und Herren,"],
    details: &[
        "Das passiert seit {n} Tagen, immer beim Öffnen der Übersicht.",
        "Die Vorgangsnummer ist {ref}.",
        "{name} hat dasselbe Problem.",
        "Im anderen Browser ist es genauso.",
        "Vor der letzten Änderung lief alles einwandfrei.",
        "Auf der Seite steht nur Fehler {code}.",
    ],
    asks: &[
        "Bitte prüfen Sie das.",
        "Können Sie mich bitte zurückrufen?",
        "Bitte um kurze Rückmeldung.",
    ],
    endings: &["Mit freundlichen Grüßen, {name}", "Vielen Dank!", "Beste Grüße"],
    phrases: [
        Phrases {
            titles: &[
                "Rechnung {ref} ist falsch",
                "Doppelt abgebucht",
                "Rückerstattung fehlt noch",
            ],
            symptoms: &[
                "Es wurden zweimal {sum} Euro abgebucht.",
                "Auf der Rechnung fehlt die Umsatzsteuer.",
                "Die Gutschrift über {sum} Euro ist nicht angekommen.",
            ],
        },
        Phrases {
            titles: &[
                "{part}: Seite bleibt weiß",
                "Fehler {code} beim Speichern",
                "Export bricht ab",
            ],
            symptoms: &[
                "Beim Speichern erscheint Fehler {code}.",
                "Die Liste lädt länger als {n} Sekunden.",
                "Große Anhänge werden nicht übertragen.",
            ],
        },
        Phrases {
            titles: &[
                "Anmeldung geht nicht",
                "Passwort zurücksetzen",
                "Neue Kollegin freischalten",
            ],
            symptoms: &[
                "Der Link zum Zurücksetzen kommt nicht an.",
                "Mein Konto ist gesperrt.",
                "{name} braucht einen Zugang mit Schreibrecht.",
            ],
        },
        Phrases {
            titles: &[
                "Frage zur Bedienung",
                "Vorschlag für die Übersicht",
                "Schulung für unser Team",
            ],
            symptoms: &[
                "Wie kann man die Übersicht nach Größe sortieren?",
                "Gibt es eine Schulung für {n} Personen?",
                "Wo finde ich die Erklärung zum Datenschutz?",
            ],
        },
    ],
};

pub const SPANISH: Language = Language {
    gap: " ",
    greetings: &["Hola,", "Buenos días,", "Estimado equipo,"],
    details: &[
        "Ocurre desde hace {n} días.",
        "El número de referencia es {ref}.",
        "A {name} le pasa lo mismo.",
        "He probado con otro navegador y sigue igual.",
        "La página muestra el error {code}.",
    ],
    asks: &[
        "¿Pueden revisarlo, por favor?",
        "Agradecería una respuesta rápida.",
        "Por favor, llámenme.",
    ],
    endings: &["Un saludo, {name}", "Muchas gracias.", "Atentamente"],
    phrases: [
        Phrases {
            titles: &["Cobro duplicado", "Falta la factura {ref}", "Reembolso pendiente de {sum}"],
            symptoms: &[
                "Me han cobrado {sum} euros dos veces.",
                "La factura tiene una dirección equivocada.",
            ],
        },
        Phrases {
            titles: &["{part}: no carga", "Error {code} al guardar", "La exportación se detiene"],
            symptoms: &[
                "Al guardar aparece el error {code}.",
                "La página tarda más de {n} segundos.",
            ],
        },
        Phrases {
            titles: &["No puedo iniciar sesión", "Cambiar la contraseña", "Añadir un compañero"],
            symptoms: &[
                "El correo para cambiar la contraseña no llega.",
                "Mi cuenta está bloqueada.",
            ],
        },
        Phrases {
            titles: &[
                "Una sugerencia",
                "¿Cómo se usa el calendario?",
                "Información para el próximo año",
            ],
            symptoms: &[
                "Sería útil poder ordenar la lista.",
                "¿Ofrecen formación para {n} personas?",
            ],
        },
    ],
};

pub const RUSSIAN: Language = Language {
    gap: " ",
    greetings: &["Здравствуйте!", "Добрый день,"],
    details: &[
        "Это происходит уже {n} дней.",
        "Номер обращения {ref}.",
        "У коллеги то же самое.",
        "В другом браузере не лучше.",
        "На странице только ошибка {code}.",
    ],
    asks: &["Пожалуйста, проверьте.", "Прошу ответить как можно скорее."],
    endings: &["С уважением, {name}", "Спасибо!"],
    phrases: [
        Phrases {
            titles: &["Двойное списание", "Не пришёл счёт {ref}"],
            symptoms: &["С карты дважды списали {sum}.", "В счёте указан неверный адрес."],
        },
        Phrases {
            titles: &["{part}: страница не открывается", "Ошибка {code} при сохранении"],
            symptoms: &[
                "При сохранении появляется ошибка {code}.",
                "Загрузка длится больше {n} секунд.",
            ],
        },
        Phrases {
            titles: &["Не могу войти", "Сменить пароль"],
            symptoms: &["Письмо для смены пароля не приходит.", "Учётная запись заблокирована."],
        },
        Phrases {
            titles: &["Вопрос о работе", "Предложение"],
            symptoms: &["Как отсортировать список?", "Есть ли обучение для {n} человек?"],
        },
    ],
};

pub const JAPANESE: Language = Language {
    gap: "",
    greetings: &["お世話になっております。", "こんにちは。"],
    details: &[
        "{n}日前から発生しています。",
        "受付番号は{ref}です。",
        "別のブラウザでも同じです。",
        "画面にはエラー{code}とだけ表示されます。",
    ],
    asks: &["ご確認をお願いいたします。", "至急ご対応ください。"],
    endings: &["よろしくお願いいたします。", "以上です。"],
    phrases: [
        Phrases {
            titles: &["二重に請求されました", "請求書{ref}について"],
            symptoms: &["同じ日に二回請求されています。", "請求書の住所が違います。"],
        },
        Phrases {
            titles: &["画面が表示されません", "保存時にエラー{code}"],
            symptoms: &["保存するとエラー{code}が出ます。", "読み込みに{n}秒以上かかります。"],
        },
        Phrases {
            titles: &["ログインできません", "パスワードの再設定"],
            symptoms: &["再設定のメールが届きません。", "アカウントがロックされています。"],
        },
        Phrases {
            titles: &["使い方について", "ご提案"],
            symptoms: &["一覧を並べ替える方法を教えてください。", "{n}名向けの研修はありますか。"],
        },
    ],
};
