package transfer

import (
	"strings"
	"sync"
	"unicode"

	"lethe/data"
	"lethe/data/fold"
)

// role is what a heading says that its column is: a field, and which part of
// it where several columns make one.
type role struct {
	field data.Field
	part  part
}

type part int

const (
	whole    part = iota
	given         // of a name
	family        // of a name
	mobile        // of the phones, before the others
	custom        // known, but no field of a customer: a fax, an ID
	noted         // a note
	computed      // worked out by Lethe, so not taken in
)

// certainty is how well a heading is known.
type certainty int

const (
	unknown certainty = iota
	similar           // but for a typing error
	related           // but for a word before it, or a number
	exact
)

// lookUp tells what a heading says.
func lookUp(heading string) (role, certainty) {
	key := headingKey(heading)
	if key == "" {
		return role{}, unknown
	}
	known := knownHeadings()
	if r, ok := known[key]; ok {
		return r, exact
	}
	bare := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, key)
	for _, prefix := range [...]string{"customer", "contact", "client", "primary", "home", "lead", "your", "member"} {
		if r, ok := known[strings.TrimPrefix(bare, prefix)]; ok {
			return r, related
		}
	}
	if len(bare) < 6 {
		return role{}, unknown
	}
	best, how, longest := role{}, unknown, -1
	for k, r := range known {
		if len(k) < 6 || !oneEditApart(k, bare) {
			continue
		}
		switch same := samePrefix(k, bare); {
		case same > longest:
			best, how, longest = r, similar, same
		case same == longest && r != best:
			how = unknown
		}
	}
	return best, how
}

// headingKey folds a heading and keeps its letters and digits only.
func headingKey(heading string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, fold.Fold(heading))
}

// oneEditApart tells whether a and b differ by one letter changed, left out or
// added.
func oneEditApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := samePrefix(a, b)
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// samePrefix is how many bytes a and b have in common from the start.
func samePrefix(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return i
}

// knownHeadings maps the keys of words to what they mean. Read only.
var knownHeadings = sync.OnceValue(func() map[string]role {
	m := map[string]role{}
	for _, line := range headingWords {
		for word := range strings.SplitSeq(line.words, ",") {
			m[headingKey(word)] = line.role
		}
	}
	return m
})

// headingWords are the words of DoubleTick's export, of address books and of
// other lists, in the languages they come in.
var headingWords = []struct {
	role  role
	words string
}{
	{role{data.FieldName, whole}, "name,full name,customer name,customer,contact name,contact,client name,client,display name,person," +
		"lead name,file as,guest name,nombre completo,nombre y apellidos,nom complet,nome completo,vollständiger name,volledige naam,naam," +
		"kunde,kundenname,ansprechpartner,cliente,nombre cliente,client nom,नाम,पूरा नाम,पूर्ण नाव,नाव,ग्राहक,ग्राहक का नाम,નામ,পুরো নাম,নাম,பெயர்,పేరు,ಹೆಸರು,പേര്," +
		"имя и фамилия,фио,имя клиента,клиент,氏名,名前,お名前,姓名,客户姓名,客户名称,联系人,이름,성명,الاسم,الاسم الكامل,اسم العميل,שם,שם מלא," +
		"ad soyad,müşteri adı,isim,imię i nazwisko,nama,nama lengkap,nama pelanggan,họ tên,họ và tên,ονοματεπώνυμο,namn,navn,nimi,jméno"},
	{role{data.FieldName, given}, "first name,firstname,given name,forename,fname,christian name,vorname,prénom,nombre,nombres,primer nombre,nome," +
		"voornaam,имя,名,imię,förnamn,fornavn,etunimi,प्रथम नाम,पहला नाम,पहिले नाव,keresztnév,nom de pila"},
	{role{data.FieldName, family}, "last name,lastname,surname,family name,lname,second name,nachname,familienname,nom,nom de famille,apellido," +
		"apellidos,sobrenome,apelido,cognome,achternaam,фамилия,姓,nazwisko,efternamn,etternavn,efternavn,sukunimi,उपनाम,आडनाव,soyad,soyadı,vezetéknév,příjmení"},
	{role{data.FieldWhatsApp, whole}, "whatsapp name,wa name,whatsapp profile name,profile name,whatsapp display name,nombre de whatsapp"},
	{role{data.FieldPhone, mobile}, "mobile,mobile number,mobile phone,mobile no,mobile num,cell,cell phone,cellphone,cellular,whatsapp,whatsapp number," +
		"whatsapp phone,whatsapp no,wa number,wa id,mob,mob no,handy,handynummer,mobil,mobilnummer,mobiltelefon,mobilnr,móvil,teléfono móvil,celular," +
		"número de celular,portable,téléphone portable,téléphone mobile,cellulare,telefono cellulare,telemóvel,mobiel,mobiele nummer,gsm,मोबाइल,मोबाइल नंबर," +
		"मोबाईल,मोबाईल नंबर,મોબાઇલ,મોબાઈલ નંબર,மொபைல்,மொபைல் எண்,మొబైల్,ಮೊಬೈಲ್,মোবাইল,мобильный,мобильный телефон,сотовый,携帯,携帯電話,携帯番号,手机," +
		"手机号,手机号码,휴대폰,휴대전화,핸드폰,الجوال,رقم الجوال,الموبايل,cep,cep telefonu,komórka,telefon komórkowy,no hp,nomor hp,hp,số di động,mobile1"},
	{role{data.FieldPhone, whole}, "phone,phone number,phone no,phone num,phone value,telephone,telephone number,tel,tel no,telno,contact number,contact no," +
		"contact phone,customer phone,customer number,primary phone,work phone,home phone,business phone,other phone,main phone,company main phone,number," +
		"phone with country code,telefon,telefonnummer,rufnummer,festnetz,téléphone,numéro de téléphone,numéro,teléfono,número de teléfono,número," +
		"telefono,numero di telefono,numero,telefone,número de telefone,telefoon,telefoonnummer,फ़ोन,फोन,फ़ोन नंबर,फोन नंबर,दूरध्वनी,संपर्क,संपर्क नंबर,ફોન,ફોન નંબર," +
		"தொலைபேசி,ఫోన్,ಫೋನ್,ഫോൺ,ফোন,телефон,номер телефона,тел,電話,電話番号,电话,电话号码,联系电话,전화,전화번호,연락처,الهاتف,رقم الهاتف,هاتف,טלפון," +
		"telefon numarası,numer telefonu,nomor telepon,telepon,điện thoại,số điện thoại,τηλέφωνο,puhelin,puhelinnumero,msisdn"},
	{role{data.FieldEmail, whole}, "email,e-mail,email address,e-mail address,mail,mail id,email id,email value,primary email,customer email,work email," +
		"e-mail-adresse,emailadresse,mailadresse,courriel,adresse e-mail,adresse email,adresse mail,correo,correo electrónico,email cliente,posta elettronica," +
		"indirizzo email,endereço de e-mail,e-mailadres,ईमेल,ई-मेल,ઇમેઇલ,மின்னஞ்சல்,ఈమెయిల్,ইমেইল,почта,эл почта,электронная почта,メール,メールアドレス," +
		"邮箱,电子邮件,电子邮箱,邮件,이메일,البريد الإلكتروني,البريد,אימייל,דואל,e-posta,eposta,adres e-mail,surel,e-mailová adresa"},
	{role{data.FieldCompany, whole}, "company,company name,business,business name,organization,organisation,organization name,organisation name,account," +
		"account name,firm,firm name,shop name,firma,unternehmen,firmenname,entreprise,société,raison sociale,empresa,compañía,razón social,nombre de la empresa," +
		"azienda,società,ragione sociale,companhia,nome da empresa,bedrijf,bedrijfsnaam,कंपनी,कंपनी का नाम,फर्म,दुकान,કંપની,компания,организация,会社,会社名," +
		"公司,公司名称,회사,회사명,الشركة,اسم الشركة,חברה,şirket,şirket adı,nazwa firmy,perusahaan,công ty,företag,yritys,virksomhed"},
	{role{data.FieldCity, whole}, "city,town,city name,city town,location,place,home city,work city,stadt,ort,wohnort,ville,ciudad,localidad,città,comune,cidade," +
		"município,stad,plaats,woonplaats,शहर,नगर,गाव,શહેર,நகரம்,నగరం,ನಗರ,শহর,город,市,市区町村,城市,도시,المدينة,مدينة,עיר,şehir,miasto,kota,thành phố,πόλη,kaupunki,město"},
	{role{data.FieldState, whole}, "state,province,region,county,state province,province state,state region,home state,work state,bundesland,kanton,région," +
		"département,estado,provincia,regione,provincie,राज्य,प्रदेश,રાજ્ય,மாநிலம்,రాష్ట్రం,ರಾಜ್ಯ,রাজ্য,область,регион,都道府県,省,省份,도,الولاية,المحافظة,eyalet,bölge,województwo,provinsi,tỉnh"},
	{role{data.FieldCountry, whole}, "country,country name,country region,country code,nation,home country,work country,land,staat,pays,país,paese,nazione,nação,देश," +
		"દેશ,நாடு,దేశం,ದೇಶ,দেশ,страна,国,国名,国家,국가,나라,الدولة,البلد,ארץ,מדינה,ülke,kraj,państwo,negara,quốc gia,χώρα,maa"},
	{role{data.FieldTags, whole}, "tags,tag,labels,label,groups,group,group membership,categories,category,segment,segments,lists,schlagworte,schlagwörter," +
		"kategorie,kategorien,gruppe,gruppen,étiquettes,étiquette,catégorie,groupe,etiquetas,etiqueta,categoría,grupo,etichette,etichetta,categoria,gruppo,टैग,टैग्स," +
		"વર્ગ,теги,метки,группа,категория,タグ,标签,分组,태그,الوسوم,تصنيف,etiket,etiketler,etykiety,grup,nhãn"},
	{role{data.FieldSource, whole}, "source,lead source,customer source,channel,origin,utm source,quelle,herkunft,provenance,origine,origen,fuente,origem,fonte," +
		"bron,स्रोत,источник,来源,流入元,출처,المصدر,kaynak,źródło,sumber"},
	{role{data.FieldAgent, whole}, "agent phone number,agent phone,agent number,agent mobile,agent mobile number,assigned agent phone,assigned agent phone number," +
		"assignee phone,owner phone,team member phone,team member phone number"},
	{role{data.FieldBlocked, whole}, "customer blocked status,blocked status,blocked,block status,is blocked,gesperrt,blockiert,bloqué,bloqueado,bloccato"},
	{role{data.FieldOptOut, whole}, "opt out,opt-out,opted out,opt out status,optout,unsubscribed,is opted out,do not contact,do not disturb,dnd,abgemeldet,désabonné,désinscrit"},
	{role{data.FieldCreated, whole}, "customer date created,date created,created,created at,created on,created date,creation date,date added,added on,added at," +
		"customer since,registration date,registered on,registered at,signup date,erstellt,erstellt am,angelegt am,anlagedatum,kunde seit,date de création,créé le," +
		"fecha de creación,fecha de alta,creado,data di creazione,data creazione,data de criação,criado em,aangemaakt,निर्माण तिथि,дата создания,дата регистрации," +
		"登録日,作成日,创建时间,创建日期,注册日期,생성일,등록일,تاريخ الإنشاء,oluşturma tarihi,data utworzenia,tanggal dibuat"},
	{role{data.FieldFirstReceived, whole}, "first message received at,first message received,first received at"},
	{role{data.FieldFirstSent, whole}, "first message sent at,first message sent,first sent at"},
	{role{data.FieldLastSent, whole}, "last message sent at,last message sent,last sent at,last outbound,last contacted,last contacted at"},
	{role{data.FieldLastReceived, whole}, "last message received at,last message received,last received at,last inbound,last seen,last reply"},
	{role{data.FieldLastTemplate, whole}, "last template sent at,last template sent,last template at,last broadcast at"},
	{role{data.FieldFollowUp, whole}, "follow up date,follow-up date,followup,follow up,next follow up,follow up on,reminder date,next contact,wiedervorlage," +
		"date de relance,relance,fecha de seguimiento,seguimiento,data follow up,फॉलो अप,следующий контакт,跟进日期,下次跟进"},
	{role{"", custom}, "fax,fax number,fax no,home fax,business fax,work fax,other fax,telefax,faxnummer,факс,传真,pager,pager number," +
		"agent,agent name,assigned agent,assigned to,owner,secondary email,other email,address,street,zip,zip code,postal code,postcode,pincode,pin code,pin," +
		"id,customer id,index,no,sr no,serial no,s no,gst,gstin,gst number,vat,vat number,pan,pan number,aadhaar,aadhaar number,order number,invoice number," +
		"account number,nickname,birthday,date of birth,dob,geburtstag,website,url,title,job title,department,lead stage"},
	{role{"", computed}, "last interaction,activity status"},
	{role{"", noted}, "notes,note,remarks,remark,comments,comment,other details,notizen,notiz,bemerkung,bemerkungen,remarques,commentaire," +
		"commentaires,notas,nota,observaciones,comentarios,osservazioni,observações,opmerkingen,टिप्पणी,टिप्पणियाँ,नोंद,નોંધ,குறிப்பு,примечание," +
		"комментарий,заметки,備考,メモ,备注,備註,메모,비고,ملاحظات,הערות,notlar,uwagi,catatan,ghi chú,anteckningar,poznámka"},
}
